// A test that holds the policy to what it decides about an intake now, as somebody would write it.

import type { Point, Report } from "@remit/view";
import { POLICY } from "../engine/protocol";
import type { Playground } from "./playground";
import { shortName } from "./project";

/** Writes a test of the current intake into the policy, and shows it. */
export function makeCase(playground: Playground): void {
  const report = playground.report.value;
  if (!report || playground.outcome.value?.policy.state !== "good") {
    playground.toasts.complain("A test holds a decision, and there is none while the policy has a mistake.");
    return;
  }
  const { path, name } = playground.engine.together(() => write(playground, report));
  playground.area.value = "policy";
  playground.openFile(path, true);
  playground.toasts.say(`Made the test ${name}. Strike from it what does not matter.`);
}

/** Writes the case, and what it needs to count. */
function write(playground: Playground, report: Report): { path: string; name: string } {
  const { project } = playground;
  let folder = project.folder("tests");
  if (!folder) {
    folder = "tests";
    const manifest = project.text("remit.yaml") ?? "";
    playground.editors.rewrite(`${POLICY}remit.yaml`, `${manifest.replace(/\n*$/, "\n")}tests: tests\n`, "input.list");
  }
  const base = shortName(project.request.value.name) || "case";
  let name = base;
  for (let number = 2; project.text(`${folder}/${name}.case.yaml`) !== undefined; number += 1) name = `${base}-${number}`;
  const path = `${folder}/${name}.case.yaml`;
  playground.writeFile(path, caseText(playground, report, name));
  return { path, name };
}

function caseText(playground: Playground, report: Report, name: string): string {
  return [
    "# Say here what this test shows. It holds what is decided now; what is not mentioned is not checked, so strike",
    "# what does not matter.",
    input(playground, name),
    `today: ${playground.today.value}`,
    "expect:",
    ...expectations(report).map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** The intake: an example by its name, or the text itself. */
function input(playground: Playground, name: string): string {
  const { project } = playground;
  const request = project.request.value;
  const folder = project.folder("examples");
  const same = project.examples().find(([, text]) => text === request.text);
  if (same && folder) return `example: ${same[0].slice(folder.length + 1)}`;
  const plain = !request.name.endsWith(".json") && !/^(---|\.\.\.|%)|\t|^\ufeff/m.test(request.text) && request.text.trim() !== "";
  if (plain) {
    const lines = request.text.replace(/\s+$/, "").split("\n");
    return ["intake:", ...lines.map((line) => line.trim() === "" ? "" : `  ${line.replace(/\r$/, "")}`)].join("\n");
  }
  // What cannot stand inside of another YAML text becomes an example of its own.
  const ending = request.name.endsWith(".json") ? "json" : "yaml";
  const example = `${name}.intake.${ending}`;
  playground.writeFile(`${folder ?? "examples"}/${example}`, request.text);
  return `example: ${example}`;
}

function expectations(report: Report): string[] {
  const { tier } = report;
  const certain = (points: Point[]) => points.filter((point) => point.standing === "certain").map((point) => point.name);
  const routes = report.routes.filter((route) => route.starts !== "superseded" && !route.superseded);
  const missing = report.requirements.filter((asked) => asked.evidence.state === "missing");
  const lines = [
    `tier: ${tier.settled ?? `{ floor: ${tier.floor}, ceiling: ${tier.ceiling} }`}`,
    `ready: ${report.ready.complete ? "true" : flow(report.ready.missing.map((one) => one.path))}`,
    ...(report.valid ? [] : ["valid: false"]),
  ];
  const lists: [string, string[]][] = [
    ["routes", certain(routes)],
    ["escalations", certain(report.escalations)],
    ["referrals", certain(report.referrals)],
    ["missing", certain(missing)],
    ["decisions", certain(report.decisions)],
    ["rules", report.trace.filter((trace) => trace.verdict === "fires").map((trace) => trace.rule)],
  ];
  return [...lines, ...lists.map(([key, names]) => `${key}: ${flow(names)}`)];
}

function flow(names: string[]): string {
  return `[${names.join(", ")}]`;
}
