// What the policy tests have shown of a rule file, as the editor draws coverage.
//
// A rule is a declaration: it was seen firing or not. Its two branches are that it fires and that it stays silent. Each
// operand of its condition is a statement with two branches: that the condition turned on it while it held, and while
// it did not (MC/DC).

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { FileCoverage } from "../remit";

export class RuleFileCoverage extends vscode.FileCoverage {
  details: vscode.FileCoverageDetail[] = [];

  static of(file: FileCoverage, client: BaseLanguageClient): RuleFileCoverage {
    const convert = client.protocol2CodeConverter;
    const uri = convert.asUri(file.uri);
    const rules = file.rules.map((rule) => {
      const body = convert.asRange(rule.body);
      return {
        declaration: new vscode.DeclarationCoverage(rule.rule, rule.fires, body),
        statement: new vscode.StatementCoverage(rule.fires + rule.silent, convert.asRange(rule.range), [
          new vscode.BranchCoverage(rule.fires, undefined, "it fires"),
          new vscode.BranchCoverage(rule.silent, undefined, "it stays silent"),
        ]),
      };
    });
    const operands = file.operands.map(
      (operand) =>
        new vscode.StatementCoverage(operand.seen, convert.asRange(operand.range), [
          new vscode.BranchCoverage(operand.shownTrue, undefined, `\`${operand.text}\` decides by being true`),
          new vscode.BranchCoverage(operand.shownFalse, undefined, `\`${operand.text}\` decides by being false`),
        ]),
    );
    const declarations = rules.map(({ declaration }) => declaration);
    const statements = [...rules.map(({ statement }) => statement), ...operands];
    const branches = statements.flatMap((one) => one.branches);
    const coverage = new RuleFileCoverage(uri, tally(statements), tally(branches), tally(declarations));
    coverage.details = [...declarations, ...statements];
    return coverage;
  }
}

function tally(found: { executed: number | boolean }[]): vscode.TestCoverageCount {
  return new vscode.TestCoverageCount(found.filter(({ executed }) => Number(executed) > 0).length, found.length);
}
