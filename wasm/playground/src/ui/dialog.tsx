// A dialog over the page. The browser's own element keeps the focus inside and gives it back.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons";

export function Dialog(props: { title: string; close(): void; children: ComponentChildren; wide?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog${props.wide ? " dialog-wide" : ""}`}
      aria-labelledby={title}
      onClose={props.close}
      onMouseDown={(event) => {
        if (event.target === dialog.current) props.close();
      }}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={title}>{props.title}</h2>
          <button type="button" class="button button-icon" aria-label="Close" onClick={props.close}><Icon name="close" /></button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
