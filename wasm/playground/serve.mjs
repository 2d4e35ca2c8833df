// Serves a built page on this machine, for looking at it and for its tests. Any other web server does as well.
//
//   node serve.mjs DIR [--port N]

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** As strict as a careful operator's: nothing but what the page itself says it needs. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves `folder` under `path`; a port of 0 is any that is free. */
export async function serve(folder, { port = 0, path = "/" } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const inside = pathname.startsWith(path) ? decodeURIComponent(pathname.slice(path.length)) : null;
    const file = inside === null ? null : normalize(join(folder, inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside));
    const found = file?.startsWith(normalize(folder) + sep) ? await stat(file).catch(() => null) : null;
    if (!file || !found?.isFile() || !["GET", "HEAD"].includes(request.method ?? "")) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": found.size,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      // What has a hash in its name never changes.
      "cache-control": file.includes(`${sep}assets${sep}`) ? "public, max-age=31536000, immutable" : "no-cache",
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}${path}`;
  return { address, close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, ...rest] = process.argv.slice(2);
  const at = rest.indexOf("--port");
  const port = at < 0 ? 0 : Number(rest[at + 1]);
  if (!folder || !Number.isInteger(port) || port < 0 || port > 65_535) {
    console.error("usage: node serve.mjs DIR [--port N]");
    process.exit(64);
  }
  const { address } = await serve(folder, { port }).catch((error) => {
    console.error(error.code === "EADDRINUSE" ? `port ${port} is taken; choose another, or none for any that is free` : String(error));
    process.exit(1);
  });
  console.log(`the playground is at ${address}`);
  console.log("stop it with Ctrl+C");
}
