import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** Writes `offline.js` with the names of all files of this build, which only the build knows. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = ["./", "icon.svg", ...Object.keys(bundle).filter((file) => file.startsWith("assets/"))].sort();
      const source = readFileSync(new URL("./src/offline.js", import.meta.url), "utf8");
      this.emitFile({ type: "asset", fileName: "offline.js", source: source.replace('["./"]', JSON.stringify(files)) });
    },
  };
}

export default defineConfig({
  // Any web server, any path.
  base: "./",
  build: {
    outDir: "../../target/playground/site",
    emptyOutDir: true,
    target: "es2022",
    // What is inlined becomes a `data:` address, which a strict page forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
  worker: { format: "es" },
  plugins: [offline()],
});
