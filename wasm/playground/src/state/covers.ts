// From what the tests cover to marks beside the lines of a file.

import type { Cover } from "../editor/marks";
import type { Coverage } from "../engine/protocol";

const RANK = { full: 0, part: 1, none: 2 } as const;

/** The marks of one file; the worst of several on a line wins. */
export function coverOf(coverage: Coverage | null | undefined, file: string): Cover[] {
  const lines = new Map<number, Cover>();
  const add = (cover: Cover) => {
    const known = lines.get(cover.line);
    if (!known || RANK[known.state] < RANK[cover.state]) lines.set(cover.line, cover);
  };
  for (const rule of coverage?.rules ?? []) {
    if (rule.location.source === file) {
      const state = rule.fires > 0 && rule.silent > 0 ? "full" : rule.fires + rule.silent > 0 ? "part" : "none";
      add({ line: rule.location.start.line, state, words: ruleWords(rule.rule, rule.fires, rule.silent) });
    }
    for (const operand of rule.operands) {
      if (operand.location.source !== file) continue;
      const seen = operand.shown_true + operand.shown_false > 0;
      const state = operand.covered ? "full" : seen ? "part" : "none";
      const words = operand.covered
        ? `Tests show that ${operand.text} matters`
        : `No test shows that ${operand.text} matters`;
      for (let line = operand.location.start.line; line <= operand.location.end.line; line += 1) add({ line, state, words });
    }
  }
  return [...lines.values()].sort((one, other) => one.line - other.line);
}

function ruleWords(rule: string, fires: number, silent: number): string {
  const times = (count: number) => count === 0 ? "in no test" : count === 1 ? "in one test" : `in ${count} tests`;
  return `${rule} applies ${times(fires)}, and does not ${times(silent)}`;
}
