// What a failed case says: what was wanted and what was found, at the line of the expectation.

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { CaseRun } from "../remit";

export function messages(run: CaseRun, client: BaseLanguageClient): vscode.TestMessage[] {
  const convert = client.protocol2CodeConverter;
  const own = new vscode.Location(vscode.Uri.parse(run.uri), convert.asRange(run.range));
  if (run.failures.length === 0) {
    const message = new vscode.TestMessage(run.text);
    message.location = own;
    return [message];
  }
  return run.failures.map((failure) => {
    const related = (failure.related ?? []).map(({ location, message }) => {
      const place = convert.asLocation(location);
      return `${message} (${vscode.workspace.asRelativePath(place.uri)}:${place.range.start.line + 1})`;
    });
    const text = [failure.message, ...related].join("\n");
    const message =
      failure.wanted != null && failure.found != null
        ? vscode.TestMessage.diff(text, failure.wanted, failure.found)
        : new vscode.TestMessage(text);
    message.location = failure.location ? convert.asLocation(failure.location) : own;
    return message;
  });
}
