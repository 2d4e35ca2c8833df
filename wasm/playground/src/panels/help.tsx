// The keys that do something.

import { Dialog } from "../ui/dialog";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
const MOD = mac ? "⌘" : "Ctrl";

const KEYS: [string, [string, string][]][] = [
  ["The page", [
    ["F6", "Next area: policy, intake, result"],
    ["Shift F6", "The area before"],
    ["Alt 1, 2, 3", "Decision, tests, examples"],
    [`${MOD} S`, "Save"],
    [`${MOD} Enter`, "Run the tests"],
    ["F1", "These keys"],
  ]],
  ["In a text", [
    ["Ctrl Space", "What could stand here"],
    [`${MOD} .`, "Fixes and other changes at the cursor"],
    [`F12, ${MOD} click`, "Where a name comes from"],
    ["Shift F12", "Where it is used"],
    ["F2", "Rename it everywhere"],
    ["F8", "The next mistake"],
    [`${MOD} Shift M`, "All mistakes of the text"],
    [`${MOD} F`, "Find and replace"],
    [`${MOD} Z, ${MOD} Y`, "Undo, redo"],
    ["Esc, then Tab", "Leave the text with the keyboard"],
  ]],
];

export function HelpDialog({ close }: { close(): void }) {
  return (
    <Dialog title="Keyboard shortcuts" close={close} wide>
      <div class="keys">
        {KEYS.map(([title, rows]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([keys, does]) => (
                <div key={keys}><dt>{keys.split(", ").map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{does}</dd></div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
