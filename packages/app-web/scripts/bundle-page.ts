// Puts the page into dist/page/: its script bundled, its document and style as they are.
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "src/browser");
const page = join(root, "dist/page");

const bundle = await rolldown({
  input: { page: join(source, "main.ts") },
  platform: "browser",
  tsconfig: join(root, "tsconfig.json"),
});
await bundle.write({ dir: page, format: "esm", entryFileNames: "[name].js", minify: true });
await bundle.close();
await Promise.all(["index.html", "page.css"].map((file) => copyFile(join(source, file), join(page, file))));
