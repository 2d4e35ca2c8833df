// The policy: its files and an editor.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Playground } from "../state/playground";
import { Icon } from "../ui/icons";
import { Menu } from "../ui/menu";
import { type FileAsk, FileDialog } from "./files";
import { Tree } from "./tree";

export function PolicyPane({ playground }: { playground: Playground }) {
  const { project } = playground;
  const host = useRef<HTMLDivElement>(null);
  const asking = useSignal<FileAsk | null>(null);
  useEffect(() => {
    if (host.current) playground.editors.mount("policy", host.current, playground.policyId);
    return () => playground.editors.unmount("policy");
  }, [playground]);
  const path = project.open.value;
  const loaded = project.loaded.value.get(path);
  return (
    <section class="pane pane-policy" id="policy" aria-label="Policy" tabIndex={-1}>
      <div class="side">
        <div class="pane-head">
          <h2>Policy</h2>
          <button type="button" class="button button-icon" aria-label="New file" title="New file" onClick={() => asking.value = { what: "new", path: "" }}>
            <Icon name="plus" />
          </button>
        </div>
        <Tree playground={playground} ask={(what, file) => asking.value = { what, path: file }} />
      </div>
      <div class="editor">
        <div class="pane-head">
          <FileSelect playground={playground} />
          <span class="crumb" title={path}>{path}</span>
          <Menu
            label={`What to do with ${path}`}
            end
            items={[
              { title: "Rename…", keys: "F2 in the list", run: () => asking.value = { what: "rename", path } },
              { title: "Delete…", run: () => asking.value = { what: "delete", path } },
              ...(loaded !== undefined && loaded !== project.text(path)
                ? [{ title: "Put back as it was opened", run: () => void playground.editors.rewrite(playground.policyId, loaded, "input.reset") }]
                : []),
              null,
              { title: "New file…", run: () => asking.value = { what: "new", path: "" } },
            ]}
          >
            <Icon name="more" />
          </Menu>
        </div>
        <div class="code" ref={host} />
      </div>
      {asking.value && <FileDialog playground={playground} ask={asking.value} close={() => asking.value = null} />}
    </section>
  );
}

/** On a narrow page there is no room for the tree. */
function FileSelect({ playground }: { playground: Playground }) {
  const { project } = playground;
  return (
    <select
      class="file-select"
      aria-label="File of the policy"
      value={project.open.value}
      onChange={(event) => playground.openFile(event.currentTarget.value)}
    >
      {[...project.files.value.keys()].map((path) => <option key={path} value={path}>{path}</option>)}
    </select>
  );
}
