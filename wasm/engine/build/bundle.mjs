// Makes the package's scripts: for each build of the engine one for browsers, one for Node, and one with the
// module inside. `cargo xtask wasm` runs it with the names of the builds that it has just made.

import { build } from "esbuild";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const made = join(here, "../../target/wasm");
const dist = join(here, "dist");
const entries = { engine: "index.ts", full: "full.ts" };
const kinds = { browser: "", node: ".node", inline: ".inline" };

const wanted = process.argv.slice(2);
await mkdir(dist, { recursive: true });
for (const name of wanted.length > 0 ? wanted : Object.keys(entries)) {
  await copyFile(join(made, name, "remit_bg.wasm"), join(dist, `${name}.wasm`));
  for (const [kind, ending] of Object.entries(kinds)) {
    await build({
      entryPoints: [join(here, "src", entries[name])],
      outfile: join(dist, `${name}${ending}.js`),
      bundle: true,
      format: "esm",
      target: "es2022",
      platform: kind === "node" ? "node" : "neutral",
      define: { MODULE_FILE: JSON.stringify(`./${name}.wasm`) },
      legalComments: "none",
      logLevel: "warning",
      plugins: [{ name: "parts", setup: (build) => parts(build, name, kind) }],
    });
  }
}

/** Puts in what belongs to one build and one kind of place. */
function parts(build, name, kind) {
  build.onResolve({ filter: /^#glue$/ }, () => ({ path: join(made, name, "remit.js"), sideEffects: false }));
  build.onResolve({ filter: /^#module$/ }, () => ({ path: join(here, "src", `module.${kind}.ts`) }));
  build.onResolve({ filter: /^#base64$/ }, () => ({ path: join(dist, `${name}.wasm`), namespace: "base64" }));
  build.onLoad({ filter: /./, namespace: "base64" }, async ({ path }) => {
    const text = (await readFile(path)).toString("base64");
    return { contents: `export default ${JSON.stringify(text)}`, loader: "js" };
  });
}
