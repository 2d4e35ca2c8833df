// Texts into a link and back: JSON, deflated, in base64url. What comes out of a link is never trusted: it is
// unpacked step by step up to a limit, so that a few bytes cannot become gigabytes.

/** No link holds more than this many characters. */
export const MAX_LINK = 4_000_000;
/** What a link may unpack to, in bytes: a policy of two megabytes is a large one. */
export const MAX_UNPACKED = 8 << 20;

/** Why a link or an archive is refused; the message is for people. */
export class Refused extends Error {}

export async function deflate(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return base64url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

export async function inflate(packed: string, most = MAX_UNPACKED): Promise<string> {
  if (packed.length > MAX_LINK) throw new Refused("The link is too long to be one of ours.");
  const bytes = bytesOf(packed);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) throw new Refused(`The link holds more than ${Math.round(most / (1 << 20))} MB, so it was not opened.`);
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    if (error instanceof Refused) throw error;
    throw new Refused("The link is damaged: part of it may be missing. Ask for it again, or have it sent as text.");
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(whole);
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(packed: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    throw new Refused("The link is damaged: it holds characters that none of ours has.");
  }
}
