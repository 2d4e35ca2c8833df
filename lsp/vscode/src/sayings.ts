// How a decision is said in few words: status bar, tooltip, lists.

import * as vscode from "vscode";
import type { Report } from "./remit";

/** So many of a list are named. */
const NAMED = 5;

/** `1 answer`, `3 answers`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `Tier 2`, `Tier 1–3`. */
export function tierShort({ floor, ceiling }: { floor: number; ceiling: number }): string {
  return floor === ceiling ? `Tier ${floor}` : `Tier ${floor}–${ceiling}`;
}

/** Evidence that is certainly asked for and not there. */
export function missingEvidence(report: Report): Report["requirements"] {
  return report.requirements.filter((one) => one.standing === "certain" && one.evidence.state === "missing");
}

/** Answers and evidence that are missing. */
export function missingCount(report: Report): number {
  return report.ready.missing.length + missingEvidence(report).length;
}

/** One line about a decision. */
export function oneLine(report: Report): string {
  const missing = missingCount(report);
  const parts = [
    report.tier.title,
    ...(report.settled ? [] : [count(report.questions.length, "open question")]),
    missing > 0 ? `${missing} missing` : "nothing missing",
  ];
  return parts.join(" · ");
}

/** The decision as the status bar's tooltip. Its texts come from policies and intakes: none is trusted. */
export function tooltip(report: Report, old: boolean): vscode.MarkdownString {
  const says = new vscode.MarkdownString();
  says.supportThemeIcons = true;
  says.isTrusted = { enabledCommands: ["remit.showDecision", "remit.answerQuestions"] };
  says.appendMarkdown(`**${tierShort(report.tier)}** `).appendText(`· ${report.tier.title}`).appendMarkdown("\n\n");
  if (old) says.appendText("The policy has a mistake; its last good version decides.").appendMarkdown("\n\n");
  const why = report.trace.filter(({ rule }) => report.tier.rules.includes(rule)).map(({ because }) => because);
  section(says, "Why", why);
  section(says, "Missing answers", report.ready.missing.map(({ title }) => title));
  section(says, "Missing evidence", missingEvidence(report).map(({ title }) => title));
  section(says, "Could still change it", report.questions.map(({ question }) => question));
  says.appendMarkdown("[Show the decision](command:remit.showDecision)");
  if (report.questions.length > 0 || report.ready.missing.length > 0) {
    says.appendMarkdown(" · [Answer open questions](command:remit.answerQuestions)");
  }
  return says;
}

function section(says: vscode.MarkdownString, title: string, lines: string[]): void {
  if (lines.length === 0) return;
  says.appendMarkdown(`${title}\n\n`);
  for (const line of lines.slice(0, NAMED)) says.appendMarkdown("- ").appendText(line).appendMarkdown("\n");
  if (lines.length > NAMED) says.appendMarkdown(`- …and ${lines.length - NAMED} more\n`);
  says.appendMarkdown("\n");
}
