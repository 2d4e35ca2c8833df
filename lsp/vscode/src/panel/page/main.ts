// The panel's page: draws what the extension sends, and tells it what was clicked.

import { type DecisionView, mountDecision } from "@remit/view";
import type { FromPage, ToPage } from "../messages";
import "@remit/view/view.css";
import "./panel.css";

interface State {
  uri?: string;
  open?: string[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

const code = acquireVsCodeApi();
const answers = new Map<number, (refused: string | undefined) => void>();
let last = 0;

const root = document.getElementById("decision");
if (root) begin(mountDecision(root, handlers(), code.getState()?.open ?? []));

function begin(view: DecisionView): void {
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    switch (data.kind) {
      case "draw":
        code.setState({ ...code.getState(), uri: data.uri });
        view.update({ report: data.report, questions: data.questions, stale: data.stale, empty: data.empty });
        return;
      case "answered":
        answers.get(data.id)?.(data.refused ?? undefined);
        answers.delete(data.id);
        return;
    }
  });
  code.postMessage({ kind: "ready" });
}

function handlers(): Parameters<typeof mountDecision>[1] {
  return {
    show: (place) => code.postMessage({ kind: "go", place }),
    answer: (path, value) =>
      new Promise((resolve) => {
        last += 1;
        answers.set(last, resolve);
        code.postMessage({ kind: "answer", id: last, path, value });
      }),
    fix: (fix) => code.postMessage({ kind: "fix", edits: fix.edits }),
    mark: (places) => code.postMessage({ kind: "mark", places }),
    toggled: (open) => code.setState({ ...code.getState(), open }),
  };
}
