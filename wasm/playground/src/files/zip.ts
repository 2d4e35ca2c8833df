// A policy as a zip archive. An archive may lie about how large its files are, so they are unpacked piece by piece,
// and no further than the limits.

import { strToU8, Unzip, UnzipInflate, zipSync } from "fflate";
import { Refused } from "../share/codec";
import { Budget, isWanted, MAX_FILE, MAX_TOTAL, policyOf, textOf } from "./limits";

/** No archive is larger than this. */
const MAX_ARCHIVE = 16 << 20;

/** Bytes that are handed to the unpacker at once: what they become is bounded by deflate, at a thousand times. */
const PIECE = 4 << 10;

export async function readZip(file: Blob): Promise<Map<string, string>> {
  if (file.size > MAX_ARCHIVE) throw new Refused(`The archive is larger than ${MAX_ARCHIVE >> 20} MB. No policy is.`);
  return policyOf(unzipped(new Uint8Array(await file.arrayBuffer()))).files;
}

/** The wanted files of an archive. */
export function unzipped(archive: Uint8Array): Map<string, string> {
  if (archive[0] !== 0x50 || archive[1] !== 0x4b) throw new Refused("This is not a zip archive.");
  const files = new Map<string, string>();
  const budget = new Budget();
  let fault: Error | null = null;
  let unpacked = 0;
  const unzip = new Unzip((entry) => {
    if (!isWanted(entry.name) || fault) return;
    const parts: Uint8Array[] = [];
    let length = 0;
    entry.ondata = (error, data, final) => {
      if (fault) return;
      length += data?.length ?? 0;
      unpacked += data?.length ?? 0;
      if (error) fault = new Refused(`${entry.name} is damaged in the archive.`);
      else if (length > MAX_FILE) fault = new Refused(`${entry.name} unpacks to more than ${MAX_FILE >> 20} MB. No file of a policy does.`);
      else if (unpacked > MAX_TOTAL) fault = new Refused(`The archive unpacks to more than ${MAX_TOTAL >> 20} MB. No policy does.`);
      if (fault) {
        entry.terminate();
        return;
      }
      parts.push(data);
      if (!final) return;
      try {
        budget.take(entry.name, length);
        files.set(entry.name, textOf(entry.name, joined(parts, length)));
      } catch (error) {
        fault = error as Error;
      }
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < archive.length && !fault; at += PIECE) {
      unzip.push(archive.subarray(at, at + PIECE), at + PIECE >= archive.length);
    }
  } catch (error) {
    fault ??= error instanceof Refused ? error : new Refused("The archive is damaged.");
  }
  if (fault) throw fault;
  return files;
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function makeZip(files: Map<string, string>): Blob {
  // At once: the other way of this library makes workers of code in a blob, which a strict page forbids.
  const packed = zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])), { level: 6 });
  return new Blob([packed as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}
