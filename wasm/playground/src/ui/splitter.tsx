// A line between two areas that can be moved, with the pointer or with the arrow keys.

import { useRef } from "preact/hooks";
import { set, setting } from "../state/storage";

const LEAST = 20;
const MOST = 80;

/** `name` is the variable that holds the share of the first area, in percent. */
export function Splitter(props: { name: string; label: string; controls: string; vertical: boolean; start: number }) {
  const line = useRef<HTMLDivElement>(null);
  const now = useRef(Number(setting(props.name)) || props.start);
  const move = (share: number) => {
    now.current = Math.round(Math.min(MOST, Math.max(LEAST, share)) * 10) / 10;
    document.documentElement.style.setProperty(`--${props.name}`, `${now.current}%`);
    line.current?.setAttribute("aria-valuenow", String(Math.round(now.current)));
    set(props.name, String(now.current));
  };
  const shareAt = (event: PointerEvent) => {
    const box = line.current?.parentElement?.getBoundingClientRect();
    if (!box) return now.current;
    return props.vertical ? (event.clientX - box.left) / box.width * 100 : (event.clientY - box.top) / box.height * 100;
  };
  return (
    <div
      ref={line}
      class={`splitter ${props.vertical ? "splitter-vertical" : "splitter-horizontal"}`}
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={props.vertical ? "vertical" : "horizontal"}
      aria-controls={props.controls}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={Math.round(now.current)}
      onPointerDown={(event) => {
        event.preventDefault();
        line.current?.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (line.current?.hasPointerCapture(event.pointerId)) move(shareAt(event));
      }}
      onDblClick={() => move(props.start)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -2, ArrowUp: -2, ArrowRight: 2, ArrowDown: 2, Home: -100, End: 100 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        move(now.current + step);
      }}
    />
  );
}

/** Puts the areas back to where they were left. */
export function restoreSplits(names: string[]): void {
  for (const name of names) {
    const share = Number(setting(name));
    if (share >= LEAST && share <= MOST) document.documentElement.style.setProperty(`--${name}`, `${share}%`);
  }
}
