// How tiers, dates and lists are said. Pure functions of the report: no clock is asked.

import type { Due, Location, Milestone, Tier } from "./report";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Tier 2`, `Tier 1 or 2`, `Tier 0 to 3`. */
export function tierName(tier: Tier): string {
  return `Tier ${tierRange(tier.floor, tier.ceiling)}`;
}

/** `2`, `1 or 2`, `0 to 3`. */
export function tierRange(floor: number, ceiling: number): string {
  if (floor === ceiling) return `${floor}`;
  return ceiling === floor + 1 ? `${floor} or ${ceiling}` : `${floor} to ${ceiling}`;
}

/** `1 answer`, `3 answers`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: string[], join = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${join} ${words[words.length - 1]}`;
}

/** The first few, and how many others: `a, b and 5 others`. */
export function some(words: string[], most = 3): string {
  return words.length > most + 1 ? list([...words.slice(0, most), `${words.length - most} others`]) : list(words);
}

/** The first letter in upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `23 Nov`, with the year where it is not this one. */
export function day(date: string, today: string | null): string {
  const [year, month, dayOfMonth] = date.split("-");
  const name = MONTHS[Number(month) - 1];
  if (!name) return date;
  const short = `${Number(dayOfMonth)} ${name}`;
  return today?.startsWith(`${year}-`) ? short : `${short} ${year}`;
}

/** How far a day lies from today: `in 3 days`, `today`, `2 days ago`; nothing where today is not known. */
export function distance(date: string, today: string | null): string {
  if (today === null) return "";
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (Number.isNaN(days)) return "";
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** By when: a day if the intake says when it was handed in, else how long it may take. */
export function dueWords(due: Due | Milestone, today: string | null): string {
  if (due.by) {
    const away = distance(due.by, today);
    return away ? `${day(due.by, today)}, ${away}` : day(due.by, today);
  }
  return due.within ? `within ${due.within}` : "";
}

/** When something happens in the course of the review; what is not settled is the earliest. */
export function milestoneWords(date: Milestone, today: string | null): string {
  const words = sentence(dueWords(date, today));
  return date.standing === "possible" ? `${words}, at the earliest` : words;
}

/** `line 7`, or `tiers.rhai, line 47` for another file than the intake. */
export function placeName(place: Location, intake: string): string {
  if (place.source === intake) return `line ${place.start.line}`;
  return `${place.source.split("/").pop()}, line ${place.start.line}`;
}

/** `exposure-changes` as people read it. */
export function plain(id: string): string {
  return sentence((id.split("/").pop() ?? id).replaceAll("-", " "));
}
