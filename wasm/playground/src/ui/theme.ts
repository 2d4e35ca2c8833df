// Light or dark: as the system has it, or as somebody chose.

import { signal } from "@preact/signals";
import { set, setting } from "../state/storage";

export type Theme = "system" | "light" | "dark";

export const choosing: [Theme, string][] = [["system", "Colours of the system"], ["light", "Light"], ["dark", "Dark"]];

const known = setting("theme");
export const theme = signal<Theme>(known === "light" || known === "dark" ? known : "system");

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  set("theme", chosen === "system" ? null : chosen);
  apply();
}

const dark = matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const now = theme.value === "system" ? (dark.matches ? "dark" : "light") : theme.value;
  document.documentElement.dataset["theme"] = now;
}

export function startTheme(): void {
  dark.addEventListener("change", apply);
  apply();
}
