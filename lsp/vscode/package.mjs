// Packages the extension: `target/vscode/remit.vsix`, and what is in it unpacked beside it. Nothing is fetched. Needs
// `dist/` to be built. Fails if the package is larger than it may be, unless it is `--dev`.

import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** So large may it be, in bytes. */
const BUDGET = 2_500_000;

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(process.env.CARGO_TARGET_DIR ?? path.join(here, "../../target"), "vscode");
const vsix = path.join(target, "remit.vsix");
fs.mkdirSync(target, { recursive: true });

const vsce = path.join(here, "node_modules/@vscode/vsce/vsce");
// The editor shows the README on a page that has no folder, and takes pictures from web addresses alone: without one they
// would be holes in it. `REMIT_PICTURES` is the address of this folder where it is published.
const published = process.env.REMIT_PICTURES;
const readme = path.join(here, "dist/README.md");
const text = fs.readFileSync(path.join(here, "README.md"), "utf8");
fs.writeFileSync(readme, published ? text : text.replaceAll(/^!\[[^\]]*\]\([^)]*\)\n\n/gm, ""));
const links = published ? ["--baseImagesUrl", published, "--baseContentUrl", published] : ["--no-rewrite-relative-links"];
const flags = ["--no-dependencies", "--allow-missing-repository", "--readme-path", "dist/README.md", ...links, "--out", vsix];
const ran = spawnSync(process.execPath, [vsce, "package", ...flags], { cwd: here, encoding: "utf8" });
if (ran.status !== 0) {
  console.error(`the extension was not packaged:\n${ran.stdout}${ran.stderr}`);
  process.exit(1);
}
const parts = await unpack(vsix, vsix.replace(/\.vsix$/, ""));
const size = fs.statSync(vsix).size;
for (const { name, bytes, packed } of parts.sort((a, b) => b.packed - a.packed).slice(0, 6)) {
  console.log(`${kilobytes(packed)} packed ${kilobytes(bytes)} whole  ${name}`);
}
console.log(`${kilobytes(size)} ${path.relative(path.join(here, "../.."), vsix)}, at most ${kilobytes(BUDGET).trim()}`);
if (process.argv.includes("--dev")) {
  console.log("the server is not optimised: do not publish this");
} else if (size > BUDGET) {
  console.error("the package is larger than it may be");
  process.exit(1);
}

/** Unpacks what belongs to the extension. */
async function unpack(file, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  const parts = [];
  for (const { name: whole, entry, content } of await read(file)) {
    const name = /^extension\/(.*[^/])$/.exec(whole)?.[1];
    if (!name) continue;
    const to = path.join(folder, name);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.writeFileSync(to, content);
    parts.push({ name, bytes: entry.uncompressedSize, packed: entry.compressedSize });
  }
  return parts;
}

/** Everything in a package, in its order. */
async function read(file) {
  const yauzl = createRequire(import.meta.url)("yauzl");
  const archive = await new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: false, autoClose: false }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const entries = [];
  archive.on("entry", (entry) => entries.push(entry));
  await new Promise((resolve, reject) => archive.on("end", resolve).on("error", reject));
  const parts = [];
  for (const entry of entries) {
    if (entry.fileName.endsWith("/")) continue;
    const stream = await new Promise((resolve, reject) => {
      archive.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    parts.push({ name: entry.fileName, entry, content: Buffer.concat(chunks) });
  }
  archive.close();
  return parts;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0).padStart(6)} KB`;
}
