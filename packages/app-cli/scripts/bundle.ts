// Bundles the program into dist/: a small entry, and the program with everything it depends on, split so that what a call does not need is not loaded.
import { chmod, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { licenceNotices } from "./licence-notices.ts";
import { readManifest } from "./manifest.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const { version } = await readManifest(root);

const bundle = await rolldown({
  input: { chatport: join(root, "src/chatport.ts"), main: join(root, "src/main.ts") },
  platform: "node",
  transform: { define: { CHATPORT_VERSION: JSON.stringify(version) }, target: "node22.13" },
  tsconfig: join(root, "tsconfig.json"),
});
const { output } = await bundle.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  minify: true,
  comments: { legal: false },
});
await bundle.close();
await chmod(join(dist, "chatport.js"), 0o755);

const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? Object.keys(chunk.modules) : []));
const licences = "THIRD-PARTY-LICENCES.txt";
await writeFile(join(dist, licences), await licenceNotices(modules));

// What an earlier build left is removed last, so that the program can be started at any time.
const made = new Set([licences, ...output.map(({ fileName }) => fileName)]);
const stale = (await readdir(dist)).filter((file) => !made.has(file));
await Promise.all(stale.map((file) => rm(join(dist, file), { recursive: true })));
