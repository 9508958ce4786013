import { cp, readFile, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, run, runToSuccess, temporaryDirectory, writeFiles } from "./support/repository.ts";

describe("the supply chain", { timeout: 120_000 }, () => {
  it("is guarded by the settings that pnpm really applies", async () => {
    const settings = JSON.parse(await runToSuccess("pnpm", ["config", "list", "--json"]));
    expect(settings).toMatchObject({ blockExoticSubdeps: true, strictDepBuilds: true, trustPolicy: "no-downgrade" });
    expect(settings.minimumReleaseAge).toBeGreaterThanOrEqual(1440);
  });

  it("has every direct dependency pinned to one version, or to the workspace", async () => {
    const loose: string[] = [];
    for (const path of globSync(["package.json", "packages/*/package.json"], { cwd: root })) {
      const { dependencies, devDependencies } = JSON.parse(await readFile(join(root, path), "utf8"));
      for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
        if (!/^(\d+\.\d+\.\d+\S*|workspace:\*)$/.test(String(range))) loose.push(`${path}: ${name}@${String(range)}`);
      }
    }
    expect(loose).toEqual([]);
  });

  it("refuses a manifest that the lockfile does not know", async () => {
    await using copy = await temporaryDirectory();
    for (const path of globSync(["{package.json,pnpm-workspace.yaml,pnpm-lock.yaml}", "packages/*/package.json"], { cwd: root })) {
      await cp(join(root, path), join(copy.path, path));
    }
    const path = join(copy.path, "package.json");
    const manifest = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...manifest, dependencies: { "is-odd": "3.0.1" } }));
    const { exitCode, stdout, stderr } = await run("pnpm", ["install", "--frozen-lockfile", "--ignore-scripts", "--offline"], {
      cwd: copy.path,
    });
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toContain("OUTDATED_LOCKFILE");
  });

  it("refuses an install script that nobody allowed", async () => {
    await using copy = await temporaryDirectory();
    await writeFiles(copy.path, {
      "pnpm-workspace.yaml": (await readFile(join(root, "pnpm-workspace.yaml"), "utf8")).replace(
        /^packages:\n( {2}- .*\n)+/,
        "packages: []\n",
      ),
      "package.json": JSON.stringify({ name: "project", private: true, dependencies: { scripted: "file:./scripted" } }),
      "scripted/package.json": JSON.stringify({
        name: "scripted",
        version: "1.0.0",
        scripts: { postinstall: "node -e \"require('fs').writeFileSync('ran','')\"" },
      }),
    });
    const { exitCode, stdout, stderr } = await run("pnpm", ["install", "--offline"], { cwd: copy.path });
    expect({ exitCode, output: stdout + stderr }).toMatchObject({
      exitCode: expect.not.toSatisfy((code) => code === 0),
      output: expect.stringContaining("scripted"),
    });
    expect(globSync("**/ran", { cwd: copy.path })).toEqual([]);
  });
});
