// Tabs with the keys that people expect of them: arrows go from one to the next.

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export interface TabOf<T extends string> {
  id: T;
  title: string;
  badge?: ComponentChildren;
}

export function Tabs<T extends string>(props: { label: string; tabs: TabOf<T>[]; now: T; choose(tab: T): void }) {
  const list = useRef<HTMLDivElement>(null);
  const keys = (event: KeyboardEvent) => {
    const at = props.tabs.findIndex((tab) => tab.id === props.now);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: props.tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = props.tabs[(to + props.tabs.length) % props.tabs.length];
    if (!next) return;
    props.choose(next.id);
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={props.label} ref={list} onKeyDown={keys}>
      {props.tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          class="tab"
          role="tab"
          id={`tab-${tab.id}`}
          aria-selected={tab.id === props.now}
          aria-controls={`panel-${tab.id}`}
          tabIndex={tab.id === props.now ? 0 : -1}
          onClick={() => props.choose(tab.id)}
        >
          {tab.title}{tab.badge}
        </button>
      ))}
    </div>
  );
}
