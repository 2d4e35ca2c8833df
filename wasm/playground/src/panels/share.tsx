// The dialog that gives the link.

import { useEffect, useRef, useState } from "preact/hooks";
import { linkOf } from "../state/open";
import type { Playground } from "../state/playground";
import { Dialog } from "../ui/dialog";

/** Longer addresses are cut by some mail and chat programs. */
const LONG = 8_000;

export function ShareDialog({ playground, close }: { playground: Playground; close(): void }) {
  const builtIn = playground.project.origin.value.is === "built-in";
  const [whole, setWhole] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let current = true;
    setCopied(false);
    linkOf(playground, whole).then((made) => current && setLink(made), () => current && setLink(null));
    return () => {
      current = false;
    };
  }, [playground, whole]);
  const copy = async () => {
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      field.current?.select();
      document.execCommand("copy");
    }
    setCopied(true);
  };
  return (
    <Dialog title="Share" close={close} wide>
      <p>The link holds the policy, the intake and the day. Whoever opens it sees this page as you see it now.</p>
      <div class="share-link">
        <input ref={field} class="input" readOnly value={link ?? "Making the link…"} aria-label="Link" onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="button button-main" disabled={!link} onClick={() => void copy()}>{copied ? "Copied" : "Copy"}</button>
      </div>
      <p class="note" role="status">
        {link && size(link.length)}
        {link && link.length > LONG && " Some mail and chat programs cut links this long. A zip is safer: Save, The policy as a zip."}
      </p>
      {builtIn && (
        <label class="check">
          <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} />
          <span>
            Put the whole policy into the link
            <small>It is longer, and opens the same also after the built-in policy has changed.</small>
          </span>
        </label>
      )}
      <p class="note">Nothing is stored anywhere: all of it stands in the link itself, after the <code>#</code>, which browsers do not send.</p>
    </Dialog>
  );
}

function size(length: number): string {
  return `${length.toLocaleString("en")} characters.`;
}
