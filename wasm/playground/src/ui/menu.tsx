// A button that opens a list of things to do. Arrow keys, Home, End, Escape; it closes when the focus leaves.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface Item {
  title: string;
  /** A key that does the same. */
  keys?: string;
  /** A second line. */
  about?: string;
  checked?: boolean;
  run(): void;
}

export function Menu(props: { label: string; children: ComponentChildren; items: (Item | null)[]; class?: string; end?: boolean }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const items = () => [...root.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []];
  useEffect(() => {
    if (open) items()[0]?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (!open) return;
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key.length === 1 && /\S/.test(event.key)) {
      all.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  };
  return (
    <div
      class={`menu ${props.class ?? ""}`}
      ref={root}
      onKeyDown={keys}
      onFocusOut={(event) => {
        if (!root.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button
        type="button"
        class="button menu-button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        aria-label={props.label}
        title={props.label}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        {props.children}
      </button>
      <div class={`menu-list${props.end ? " menu-end" : ""}`} id={id} role="menu" aria-label={props.label} hidden={!open}>
        {open && props.items.map((item, at) => item === null
          ? <hr key={at} />
          : (
            <button
              key={item.title}
              type="button"
              class="menu-item"
              role={item.checked === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.checked}
              tabIndex={-1}
              onClick={() => {
                close();
                item.run();
              }}
            >
              <span class="menu-title">{item.title}{item.about && <small>{item.about}</small>}</span>
              {item.keys && <kbd>{item.keys}</kbd>}
              {item.checked && <span class="menu-check" aria-hidden="true">✓</span>}
            </button>
          ))}
      </div>
    </div>
  );
}
