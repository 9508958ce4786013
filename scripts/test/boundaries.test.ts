import { globSync } from "node:fs";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root, run, temporaryDirectory, writeFiles } from "./support/repository.ts";

/** A file that crosses a boundary, or one that stays inside. */
interface Case {
  readonly file: string;
  readonly code: string;
  /** The rule that must say no; without it, no boundary rule may. */
  readonly rule?: string;
}

const imports = "no-restricted-imports";
const globals = "no-restricted-globals";
const undefinedNames = "no-undef";

const cases: Readonly<Record<string, Case>> = {
  "the domain imports no package": { file: "packages/domain/src/case.ts", code: `export * from "zod";`, rule: imports },
  "the domain imports no scoped package": { file: "packages/domain/src/case.ts", code: `export * from "@scope/zod";`, rule: imports },
  "the domain imports no Node module": { file: "packages/domain/src/case.ts", code: `export * from "node:fs";`, rule: imports },
  "the domain imports no Node module lazily": {
    file: "packages/domain/src/case.ts",
    code: `export const load = () => import("node:fs");`,
    rule: imports,
  },
  "the domain imports no type of another package": {
    file: "packages/domain/src/case.ts",
    code: `export type { Zod } from "zod";`,
    rule: imports,
  },
  "the domain imports no adapter": {
    file: "packages/domain/src/case.ts",
    code: `export * from "@chatport/infrastructure";`,
    rule: imports,
  },
  "the domain reaches no other package by path": {
    file: "packages/domain/src/case.ts",
    code: `export * from "../../infrastructure/src/index.js";`,
    rule: imports,
  },
  "the port does not know its test kit": {
    file: "packages/domain/src/case.ts",
    code: `export * from "./testing/index.js";`,
    rule: imports,
  },
  "the domain imports its own files": { file: "packages/domain/src/case.ts", code: `export * from "./message.js";` },
  "the domain's test kit imports vitest": {
    file: "packages/domain/src/testing/case.ts",
    code: `export { it } from "vitest"; export * from "../message.js";`,
  },
  "the domain's test kit imports nothing else": {
    file: "packages/domain/src/testing/case.ts",
    code: `export * from "fast-check";`,
    rule: imports,
  },
  ...Object.fromEntries(
    [
      "fetch",
      "console",
      "process",
      "crypto",
      "document",
      "window",
      "Buffer",
      "URL",
      "TextDecoder",
      "performance",
      "localStorage",
      "navigator",
    ].map((name): [string, Case] => [
      `the domain uses no ${name}`,
      { file: `packages/domain/src/case.ts`, code: `export const used = ${name};`, rule: undefinedNames },
    ]),
  ),
  "the domain reads no clock": { file: "packages/domain/src/case.ts", code: `export const now = Date.now();`, rule: globals },
  "the domain takes nothing from globalThis": {
    file: "packages/domain/src/case.ts",
    code: `export const used = globalThis.fetch;`,
    rule: globals,
  },
  "the domain uses abort signals and timers": {
    file: "packages/domain/src/case.ts",
    code: `export const used = [AbortSignal, AbortController, setTimeout, clearTimeout, Promise, Map];`,
  },

  "infrastructure imports no app": {
    file: "packages/infrastructure/src/config/case.ts",
    code: `export * from "@chatport/cli";`,
    rule: imports,
  },
  "infrastructure imports Node in its configuration": {
    file: "packages/infrastructure/src/config/case.ts",
    code: `export { readFile } from "node:fs/promises";`,
  },
  "http imports no Node module": { file: "packages/infrastructure/src/http/case.ts", code: `export * from "node:http";`, rule: imports },
  "http imports no Node module by its bare name": {
    file: "packages/infrastructure/src/http/case.ts",
    code: `export * from "http";`,
    rule: imports,
  },
  "http knows no provider": {
    file: "packages/infrastructure/src/http/case.ts",
    code: `export * from "../providers/openai/index.js";`,
    rule: imports,
  },
  "resilience knows no provider": {
    file: "packages/infrastructure/src/resilience/case.ts",
    code: `export * from "../providers/openai/index.js";`,
    rule: imports,
  },
  "http uses no process": { file: "packages/infrastructure/src/http/case.ts", code: `export const used = process.env;`, rule: globals },
  "a provider imports no Node module": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export * from "node:fs";`,
    rule: imports,
  },
  "a provider uses no Buffer": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export const used = Buffer.from("");`,
    rule: globals,
  },
  "a provider imports no sibling": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export * from "../guide/index.js";`,
    rule: imports,
  },
  "a provider imports no sibling lazily": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export const load = () => import("../guide/index.js");`,
    rule: imports,
  },
  "a provider imports no sibling the long way round": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export * from "../../providers/guide/index.js";`,
    rule: imports,
  },
  "a provider imports no sibling by the package's name": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export * from "@chatport/infrastructure/guide";`,
    rule: imports,
  },
  "a provider's folder imports no sibling": {
    file: "packages/infrastructure/src/providers/openai/models/case.ts",
    code: `export * from "../../guide/index.js";`,
    rule: imports,
  },
  "a provider knows no composition": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export * from "../../di/compose.js";`,
    rule: imports,
  },
  "a provider imports what adapters share": {
    file: "packages/infrastructure/src/providers/openai/case.ts",
    code: `export * from "../../http/failure.js"; export * from "./models.js"; export { Secret } from "@chatport/domain";`,
  },
  "a provider's folder imports its own parent": {
    file: "packages/infrastructure/src/providers/openai/models/case.ts",
    code: `export * from "../models.js"; export * from "../../../http/failure.js";`,
  },

  "the terminal client's files import no adapter": {
    file: "packages/app-cli/src/case.ts",
    code: `export * from "@chatport/infrastructure/openai";`,
    rule: imports,
  },
  "the terminal client's files reach no other package by path": {
    file: "packages/app-cli/src/commands/case.ts",
    code: `export * from "../../../infrastructure/src/index.js";`,
    rule: imports,
  },
  "the terminal client's files do not know their composition root": {
    file: "packages/app-cli/src/case.ts",
    code: `export * from "./main.js";`,
    rule: imports,
  },
  "the terminal client's files import the domain": { file: "packages/app-cli/src/case.ts", code: `export * from "@chatport/domain";` },
  "the terminal client's composition root imports adapters": {
    file: "packages/app-cli/src/main.ts",
    code: `export * from "@chatport/infrastructure";`,
  },
  "the web app's files import no adapter": {
    file: "packages/app-web/src/server/case.ts",
    code: `export * from "@chatport/infrastructure";`,
    rule: imports,
  },
  "the web app's server root imports adapters": {
    file: "packages/app-web/src/server/main.ts",
    code: `export * from "@chatport/infrastructure";`,
  },
  "the web app's browser root imports adapters": {
    file: "packages/app-web/src/browser/main.ts",
    code: `export * from "@chatport/infrastructure";`,
  },
  "a file called main elsewhere is no composition root": {
    file: "packages/app-web/src/browser/view/main.ts",
    code: `export * from "@chatport/infrastructure";`,
    rule: imports,
  },
};

const boundaryRules: ReadonlySet<string> = new Set([imports, globals, undefinedNames]);

describe("the lint rules know who may import whom:", () => {
  let rulesBrokenBy: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    rulesBrokenBy = await lint(cases);
  }, 60_000);

  it.each(Object.entries(cases))("%s", (name, { rule }) => {
    const broken = rulesBrokenBy.get(name)?.filter((each) => boundaryRules.has(each));
    expect(new Set(broken)).toEqual(new Set(rule === undefined ? [] : [rule]));
  });
});

describe("turbo boundaries", { timeout: 60_000 }, () => {
  it("passes a workspace whose packages import what they depend on", async () => {
    await using workspace = await temporaryDirectory();
    await copyWorkspace(workspace.path);
    await writeFiles(workspace.path, { "packages/infrastructure/src/right.ts": `export * from "@chatport/domain";` });
    expect(await run("turbo", ["boundaries"], { cwd: workspace.path })).toMatchObject({ exitCode: 0 });
  });

  it("fails a package that imports what it does not depend on", async () => {
    await using workspace = await temporaryDirectory();
    await copyWorkspace(workspace.path);
    await writeFiles(workspace.path, { "packages/domain/src/wrong.ts": `export * from "@chatport/infrastructure";` });
    const { exitCode, stderr } = await run("turbo", ["boundaries"], { cwd: workspace.path });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("`@chatport/infrastructure`");
  });

  it("fails a package that reaches into another by path", async () => {
    await using workspace = await temporaryDirectory();
    await copyWorkspace(workspace.path);
    await writeFiles(workspace.path, { "packages/app-cli/src/wrong.ts": `export * from "../../infrastructure/src/index.js";` });
    expect(await run("turbo", ["boundaries"], { cwd: workspace.path })).not.toMatchObject({ exitCode: 0 });
  });

  it("fails infrastructure once it depends on an app", async () => {
    await using workspace = await temporaryDirectory();
    await copyWorkspace(workspace.path);
    const path = join(workspace.path, "packages/infrastructure/package.json");
    const manifest = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, "@chatport/cli": "workspace:*" } }));
    const { exitCode, stderr } = await run("turbo", ["boundaries"], { cwd: workspace.path });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("@chatport/cli");
  });
});

/** Lints every case, in one copy of the configuration, and gives the names of the rules that each breaks. */
async function lint(all: Readonly<Record<string, Case>>): Promise<ReadonlyMap<string, readonly string[]>> {
  await using copy = await temporaryDirectory();
  await cp(join(root, ".oxlintrc.json"), join(copy.path, ".oxlintrc.json"));
  await symlink(join(root, "node_modules"), join(copy.path, "node_modules"), "junction");
  const placed = Object.entries(all).map(([name, { file, code }], index) => ({
    name,
    code,
    file: file.replace("case.ts", `case-${index}.ts`),
  }));
  await writeFiles(copy.path, Object.fromEntries(placed.map(({ file, code }) => [file, code])));
  const { stdout } = await run("oxlint", ["--format=json", "packages"], { cwd: copy.path });
  const { diagnostics }: { diagnostics: readonly { readonly code?: string; readonly filename: string }[] } = JSON.parse(stdout);
  return new Map(
    placed.map(({ name, file }) => [
      name,
      diagnostics
        .filter(({ filename }) => filename.replaceAll("\\", "/").endsWith(file))
        .map(({ code = "" }) => code.replace(/^.*\((.*)\)$/, "$1")),
    ]),
  );
}

/** The workspace without its sources: who the packages are, and what they may depend on. */
async function copyWorkspace(target: string): Promise<void> {
  const files = globSync(["{package.json,pnpm-workspace.yaml,pnpm-lock.yaml,turbo.json}", "packages/*/{package,turbo}.json"], {
    cwd: root,
  });
  for (const file of files) await cp(join(root, file), join(target, file));
}
