import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Installs the peers when they are not what the lockfile says, and checks that the packages are built. */
export function prepare() {
  for (const file of ["infrastructure/dist/providers/openai/index.js", "app-cli/dist"]) {
    if (!existsSync(new URL(`../packages/${file}`, import.meta.url)))
      throw new Error(`packages/${file} is missing: run \`turbo run build\` first.`);
  }
  if (read("node_modules/.pnpm/lock.yaml") === read("pnpm-lock.yaml")) return;
  const { status } = spawnSync("npx", ["--yes", "pnpm@12", "install", "--frozen-lockfile"], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("The peers could not be installed.");
}

function read(file) {
  const url = new URL(file, import.meta.url);
  return existsSync(url) ? readFileSync(url, "utf8") : undefined;
}
