// The top of the page: what policy this is, and what can be done with all of it.

import { canWriteFolders } from "../files/folder";
import { folderName, openAFolder, openAZip, saveRequest, saveToFolder, saveZip, startOver } from "../state/open";
import type { Playground } from "../state/playground";
import { Icon } from "../ui/icons";
import { Menu } from "../ui/menu";
import { choosing, chooseTheme, theme } from "../ui/theme";
import { showFirstSteps } from "./first-steps";

export function Header({ playground, share, help }: { playground: Playground; share(): void; help(): void }) {
  const { project } = playground;
  const origin = project.origin.value;
  const changed = project.changed.value.size;
  const folder = folderName();
  return (
    <header class="top">
      <div class="brand">
        <svg class="logo" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
          <path d="M3 17V3M3 5h6M3 10h10M3 15h14" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" />
        </svg>
        <h1>Remit</h1>
      </div>
      <p class="origin">
        <span>{project.manifest("title") ?? project.manifest("name") ?? "Policy"}</span>
        <span class="origin-note">
          {origin.is === "built-in" ? "Built in" : origin.name}
          {changed > 0 && ` · ${changed} ${changed === 1 ? "file" : "files"} changed`}
        </span>
      </p>
      <div class="top-actions">
        <Menu
          label="Open"
          end
          items={[
            { title: "A folder…", about: canWriteFolders() ? "And save back to it" : "To read; save it as a zip", run: () => void openAFolder(playground) },
            { title: "A zip…", run: () => openAZip(playground) },
            null,
            { title: "The built-in policy", about: "Starts over; you can undo that", run: () => void startOver(playground) },
          ]}
        >
          <Icon name="open" /><span class="button-words">Open</span>
        </Menu>
        <Menu
          label="Save"
          end
          items={[
            ...(folder ? [{ title: `To ${folder}`, keys: "Ctrl S", run: () => void saveToFolder(playground) }] : []),
            { title: "The policy as a zip", ...(folder ? {} : { keys: "Ctrl S" }), run: () => saveZip(playground) },
            { title: "The intake", run: () => saveRequest(playground) },
          ]}
        >
          <Icon name="save" /><span class="button-words">Save</span>
        </Menu>
        <button type="button" class="button button-main" aria-label="Share" onClick={share}><Icon name="share" /><span class="button-words">Share</span></button>
        <Menu
          label="More"
          end
          items={[
            ...choosing.map(([id, title]) => ({ title, checked: theme.value === id, run: () => chooseTheme(id) })),
            null,
            { title: "First steps", run: showFirstSteps },
            { title: "Keyboard shortcuts", keys: "F1", run: help },
            { title: "Start over", run: () => void startOver(playground) },
          ]}
        >
          <Icon name="more" />
        </Menu>
      </div>
    </header>
  );
}
