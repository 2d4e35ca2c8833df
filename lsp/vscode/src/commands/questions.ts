// Asks the open questions one after the other, the most telling first, and writes each answer into the intake.

import * as vscode from "vscode";
import { applyAnswer } from "../answer";
import type { Decisions } from "../decisions";
import { type DecisionPanel, openQuestions } from "../panel/panel";
import type { OpenQuestion } from "../remit";
import { oneLine, tierShort } from "../sayings";
import { type Session, words } from "../session";

type Answer = boolean | number | string;

interface Offered extends vscode.QuickPickItem {
  value?: Answer;
}

/** What somebody said to a question. */
type Said = { answer: Answer } | "skip" | "stop";

export async function answerQuestions(
  session: Session,
  decisions: Decisions,
  panel: DecisionPanel,
  uri: vscode.Uri,
): Promise<void> {
  const skipped = new Set<string>();
  let written = 0;
  for (;;) {
    const open = openQuestions(await session.ask("remit/questions", { uri: uri.toString() }));
    const left = open.filter((question) => !skipped.has(question.path) && question.kind !== "list");
    const question = left[0];
    if (!question) break;
    const said = await put(session, uri, question, left.length, tierNow(decisions, uri));
    if (said === "stop") return;
    if (said === "skip") {
      skipped.add(question.path);
      continue;
    }
    await applyAnswer(session, uri, question.path, said.answer);
    written += 1;
  }
  const report = await session.ask("remit/decision", { uri: uri.toString() });
  if (!report) return;
  const show = "Show the Decision";
  const rest = skipped.size > 0 ? "Nothing else is open." : written > 0 ? "Every question is answered." : "No question is open.";
  const chosen = await vscode.window.showInformationMessage(`${rest} ${tierShort(report.tier)}: ${oneLine(report)}`, show);
  if (chosen === show) panel.show(uri);
}

function tierNow(decisions: Decisions, uri: vscode.Uri): string {
  const report = decisions.of(uri);
  return report ? tierShort(report.tier) : "Remit";
}

function put(session: Session, uri: vscode.Uri, question: OpenQuestion, left: number, tier: string): Promise<Said> {
  const title = `${tier} · ${left === 1 ? "last question" : `${left} questions left`}`;
  const options = choices(question);
  return options ? choose(question, options, title) : type(session, uri, question, title);
}

function choices(question: OpenQuestion): Offered[] | undefined {
  if (question.kind === "yes-no") {
    return [
      { label: "Yes", value: true, ...leads(question, "yes") },
      { label: "No", value: false, ...leads(question, "no") },
    ];
  }
  if (question.kind !== "choice") return undefined;
  return question.choices.map(({ value, title }) => ({ label: upper(title), value, ...leads(question, title) }));
}

/** Where an answer would lead, if the server has looked. */
function leads(question: OpenQuestion, answer: string): { description?: string } {
  const found = question.prospects?.find((one) => one.answer.toLowerCase() === answer.toLowerCase());
  return found ? { description: `→ ${tierShort(found)}` } : {};
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

async function choose(question: OpenQuestion, options: Offered[], title: string): Promise<Said> {
  const skip: Offered = { label: "$(debug-step-over) Leave it open" };
  const line: Offered = { label: "", kind: vscode.QuickPickItemKind.Separator };
  const chosen = await vscode.window.showQuickPick([...options, line, skip], {
    title,
    placeHolder: question.question,
    ignoreFocusOut: true,
  });
  if (!chosen) return "stop";
  return chosen.value === undefined ? "skip" : { answer: chosen.value };
}

async function type(session: Session, uri: vscode.Uri, question: OpenQuestion, title: string): Promise<Said> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: `${question.question} Leave it empty to go on without an answer.`,
    placeHolder: { date: "YYYY-MM-DD", number: "a whole number" }[question.kind as string] ?? question.title,
    ignoreFocusOut: true,
    // The server knows what counts; nothing is written yet.
    validateInput: async (text) => {
      if (text.trim() === "") return undefined;
      try {
        await session.ask("remit/answer", { uri: uri.toString(), path: question.path, value: text.trim() });
        return undefined;
      } catch (error) {
        return upper(words(error));
      }
    },
  });
  if (typed === undefined) return "stop";
  return typed.trim() === "" ? "skip" : { answer: typed.trim() };
}
