// Emacs with eglot, set up as `lsp/README.md` says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { blocks } from "./readme.mjs";
import { Folder, example, program } from "./session.mjs";

/** Runs Lisp in an Emacs of its own; what it prints with `say`. */
function emacs(folder, script) {
  folder.write("init.el", blocks("Emacs")[0]);
  folder.write(
    "script.el",
    `;; -*- lexical-binding: t -*-
(setq eglot-sync-connect t eglot-connect-timeout 60 create-lockfiles nil make-backup-files nil)
(defvar said nil)
(defun say (&rest words) (push (json-encode (vconcat words)) said))
(defun wait (what holds)
  (with-timeout (30 (error "waited in vain for %s" what))
    (while (not (funcall holds)) (accept-process-output nil 0.01))))
(defun marks () (mapcar (lambda (mark) (list (flymake-diagnostic-text mark)
  (buffer-substring-no-properties (flymake-diagnostic-beg mark) (flymake-diagnostic-end mark)))) (flymake-diagnostics)))
(condition-case why (progn
${script}
) (error (say "failed" (error-message-string why))))
(with-temp-file "${folder.path}/said" (dolist (line (reverse said)) (insert line "\\n")))
(mapc (lambda (buffer) (with-current-buffer buffer (set-buffer-modified-p nil))) (buffer-list))
(kill-emacs 0)
`,
  );
  // As an Emacs on a terminal starts, but without one.
  const load = ["-l", join(folder.path, "init.el"), "-l", join(folder.path, "script.el")];
  const run = spawnSync("emacs", ["--batch", "-f", "package-activate-all", ...load], {
    cwd: folder.path,
    env: {
      ...process.env,
      PATH: `${dirname(program)}:${process.env.PATH}`,
      HOME: folder.path,
      XDG_CACHE_HOME: join(folder.path, "cache"),
      LC_ALL: "C.UTF-8",
    },
    encoding: "utf8",
    timeout: 120_000,
    killSignal: "SIGKILL",
  });
  assert.equal(run.status, 0, run.stderr);
  return folder.read("said").trimEnd().split("\n").map((line) => JSON.parse(line));
}

test("marks, the echo area, the mode line, and the way to a rule", () => {
  const folder = new Folder({
    ".git/HEAD": "",
    "draft.intake.yaml": `${example("half-filled-draft.intake.yaml")}  public_endpoint: true\nenvironment: prodütion\n`,
  });
  const said = emacs(
    folder,
    `
(find-file "draft.intake.yaml")
(run-hooks 'post-command-hook) ; as after every command; in a batch there are none
(say "mode" (symbol-name major-mode) (if (eglot-current-server) t :json-false))
(wait "the tier" (lambda () remit-tier))
(say "tier" remit-tier)
(flymake-start)
(wait "marks" (lambda () (marks)))
(say "wrong" (seq-find (lambda (mark) (string-match-p "not a choice" (car mark))) (marks)))
(goto-char (point-min))
(search-forward "public_endpoint")
(let (shown)
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text ""))))
  (wait "a hover" (lambda () shown))
  (say "hover" (substring-no-properties shown)))
(end-of-line) (backward-char)
(xref-find-definitions (xref-backend-identifier-at-point (xref-find-backend)))
(say "rule" (file-name-nondirectory (buffer-file-name)) (thing-at-point 'line t) (symbol-name major-mode)
     (if buffer-read-only t :json-false))
`,
  );
  const [, tier, wrong, hover, rule] = said;
  assert.deepEqual(said[0], ["mode", "remit-mode", true]);
  assert.deepEqual(tier, ["tier", "Tier 2–3: Deep review to Leadership or board escalation"], JSON.stringify(said));
  assert.equal(wrong[1][1], "prodütion");
  assert.match(hover[1], /Does it open an endpoint that the internet could not reach before\?/);
  assert.deepEqual(rule, ["rule", "routing.rhai", 'rule("new-trust-boundary")\n', "remit-rules-mode", true]);
  folder.remove();
});

test("what is typed is sent, and completed", () => {
  const folder = new Folder({ ".git/HEAD": "", "draft.intake.yaml": example("half-filled-draft.intake.yaml") });
  const said = emacs(
    folder,
    `
(find-file "draft.intake.yaml")
(run-hooks 'post-command-hook) ; as after every command; in a batch there are none
(wait "the tier" (lambda () remit-tier))
(let ((before remit-tier))
  (goto-char (point-max))
  (insert "  public_endpoint: true\\n")
  (eglot--signal-textDocument/didChange)
  (wait "another tier" (lambda () (not (equal remit-tier before))))
  (say "tier" before remit-tier))
(insert "environment: pr")
(eglot--signal-textDocument/didChange)
(let* ((found (eglot-completion-at-point))
       (all (all-completions (buffer-substring-no-properties (nth 0 found) (nth 1 found)) (nth 2 found))))
  (say "completion" (substring-no-properties (car all))))
`,
  );
  assert.deepEqual(said, [
    ["tier", "Tier 1–3: Advisory to Leadership or board escalation", "Tier 2–3: Deep review to Leadership or board escalation"],
    ["completion", "production"],
  ]);
  folder.remove();
});
