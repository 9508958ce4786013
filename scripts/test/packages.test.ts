import { existsSync } from "node:fs";
import { glob, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root, run, runToSuccess, temporaryDirectory, writeFiles } from "./support/repository.ts";

// What a user gets: the tarballs, installed by npm in an empty directory. Nothing of the workspace can help there.

const libraries = ["domain", "infrastructure"];
const published = [...libraries, "app-cli", "app-web"].filter((name) => existsSync(join(root, "packages", name, "package.json")));

let consumer: Awaited<ReturnType<typeof temporaryDirectory>>;
let blocks: readonly TypeScriptBlock[];
const tarballs = new Map<string, string>();

beforeAll(async () => {
  consumer = await temporaryDirectory();
  for (const name of published) {
    const printed = await runToSuccess("pnpm", ["pack", "--json", "--pack-destination", consumer.path], {
      cwd: join(root, "packages", name),
    });
    const { filename }: { filename: string } = JSON.parse(printed);
    tarballs.set(name, filename);
  }
  blocks = await typeScriptBlocks();
  await writeFiles(consumer.path, {
    "package.json": manifest,
    "tsconfig.json": tsconfig({ types: ["node"], files: ["embed.ts"] }),
    "tsconfig.web.json": tsconfig({ types: [], files: ["types-only.ts"] }),
    // The README's own ten lines.
    "embed.ts": await readFile(join(root, "examples/embed/embed.ts"), "utf8"),
    "types-only.ts": typesOnly,
    "tsconfig.documents.json": tsconfig({ types: ["node"], files: blocks.map(({ file }) => file) }),
    ...Object.fromEntries(blocks.map(({ file, code }) => [file, code])),
  });
  // npm, not pnpm: its flat tree and its own resolver are what most users have.
  const { devDependencies }: Manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const packages = [...tarballs.values(), `@types/node@${devDependencies?.["@types/node"]}`];
  await runToSuccess("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], { cwd: consumer.path });
}, 240_000);

afterAll(() => consumer[Symbol.asyncDispose]());

describe.each(published)("the tarball of %s", (name) => {
  it("has nothing that publint complains of", async () => {
    expect(await run("publint", ["run", tarball(name), "--strict"])).toMatchObject({ exitCode: 0 });
  });

  it("names every dependency by a version", async () => {
    const { name: packageName }: Manifest = JSON.parse(await readFile(join(root, "packages", name, "package.json"), "utf8"));
    const installed: Manifest = JSON.parse(await readFile(join(consumer.path, "node_modules", packageName, "package.json"), "utf8"));
    expect(JSON.stringify([installed.dependencies, installed.peerDependencies])).not.toMatch(/workspace:|catalog:|link:|file:/);
  });

  it("holds the licence and no build state", async () => {
    const { name: packageName }: Manifest = JSON.parse(await readFile(join(root, "packages", name, "package.json"), "utf8"));
    // What npm unpacked is what the tarball holds, on machines without tar too.
    const files = await readdir(join(consumer.path, "node_modules", packageName), { recursive: true });
    expect(files).toContain("LICENSE");
    expect(files.map(slashed).filter((file) => /tsbuildinfo|(^|\/)(test|node_modules|\.reports|\.turbo)(\/|$)/.test(file))).toEqual([]);
  });
});

describe.each(libraries)("the types of %s", (name) => {
  it("resolve for every ESM consumer, at every entry", { timeout: 60_000 }, async () => {
    const { exitCode, stdout } = await run("attw", ["--profile", "esm-only", "--no-definitely-typed", "--no-color", tarball(name)]);
    expect(exitCode, stdout).toBe(0);
  });
});

describe("a new project that installed the tarballs with npm", { timeout: 60_000 }, () => {
  it.each(["tsconfig.json", "tsconfig.web.json"])(
    "type-checks under the strictest settings of %s, dependencies' declarations included",
    async (project) => {
      expect(await run(join(root, "node_modules/.bin/tsc"), ["-p", project], { cwd: consumer.path })).toMatchObject({
        exitCode: 0,
        stdout: "",
      });
    },
  );

  it("type-checks every TypeScript block of the documentation", async () => {
    expect([...new Set(blocks.map(({ document }) => document))]).toEqual(
      expect.arrayContaining(["README.md", "docs/embedding.md", "packages/domain/README.md", "packages/infrastructure/README.md"]),
    );
    const checked = await run(join(root, "node_modules/.bin/tsc"), ["-p", "tsconfig.documents.json"], { cwd: consumer.path });
    expect(checked).toMatchObject({ exitCode: 0, stdout: "" });
  });

  it.each(["docs/embedding.md", "packages/infrastructure/README.md"])("runs the first program of %s, without a key", async (document) => {
    const { exitCode, stdout, stderr } = await run("node", [firstBlock(document).file], { cwd: consumer.path, env: withoutKeys() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("no language model");
  });

  it("has the README's example as the file that it says it is", async () => {
    expect(firstBlock("README.md").code).toBe(await readFile(join(root, "examples/embed/embed.ts"), "utf8"));
  });

  it("runs an embedding app", async () => {
    const { exitCode, stdout, stderr } = await run("node", ["embed.ts"], { cwd: consumer.path, env: withoutKeys() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("ChatProvider");
  });

  it("reaches the documented entries and no others", async () => {
    const inside = "import(process.argv[1]).then(() => console.log('open'), (error) => console.log(error.code))";
    const reach = async (entry: string): Promise<string> =>
      (await runToSuccess("node", ["-e", inside, entry], { cwd: consumer.path })).trim();
    expect(await reach("@chatport/infrastructure/openai")).toBe("open");
    expect(await reach("@chatport/infrastructure/dist/providers/openai/index.js")).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
    expect(await reach("@chatport/domain/dist/message.js")).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  it.runIf(published.includes("app-cli"))("has the terminal client as `npx chatport`", async () => {
    const version = JSON.parse(await readFile(join(root, "packages/app-cli/package.json"), "utf8")).version;
    expect((await runToSuccess("npx", ["--no-install", "chatport", "--version"], { cwd: consumer.path })).trim()).toContain(version);
  });
});

/** A block of TypeScript in a document, as a file of its own that names where it stands: `documents/docs/embedding.md.12.ts`. */
interface TypeScriptBlock {
  readonly document: string;
  readonly file: string;
  readonly code: string;
}

async function typeScriptBlocks(): Promise<readonly TypeScriptBlock[]> {
  const documents: string[] = [];
  for await (const path of glob(["README.md", "docs/*.md", "packages/*/README.md"], { cwd: root })) documents.push(slashed(path));
  const found = documents.map(async (document) => {
    const text = await readFile(join(root, document), "utf8");
    return [...text.matchAll(/^```(?:ts|typescript)\b.*\n([^]*?)^```$/gm)].map(({ 1: code = "", index }) => {
      const line = text.slice(0, index).split("\n").length;
      return { document, file: `documents/${document}.${line}.ts`, code };
    });
  });
  return (await Promise.all(found)).flat();
}

function firstBlock(document: string): TypeScriptBlock {
  const block = blocks.find((each) => each.document === document);
  if (block === undefined) throw new Error(`${document} has no TypeScript.`);
  return block;
}

/** A path as it is written in documents, on Windows too. */
function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function tarball(name: string): string {
  const path = tarballs.get(name);
  if (path === undefined) throw new Error(`${name} was not packed.`);
  return path;
}

/** The environment without anything that would choose a provider. */
function withoutKeys(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_API_KEY$|_BASE_URL$|^CHATPORT_/.test(name)));
}

const manifest = JSON.stringify({ name: "embedding-app", private: true, type: "module" });

const tsconfig = ({ types, files }: { readonly types: readonly string[]; readonly files: readonly string[] }): string =>
  JSON.stringify({
    compilerOptions: {
      target: "ES2023",
      lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable", "ESNext.Disposable"],
      module: "NodeNext",
      moduleResolution: "NodeNext",
      types,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      // A broken declaration of ours must not hide.
      skipLibCheck: false,
      noEmit: true,
    },
    files,
  });

const typesOnly = `
import type { ChatProvider } from "@chatport/domain";
import { createOpenAIProvider } from "@chatport/infrastructure/openai";

export const make: (...args: Parameters<typeof createOpenAIProvider>) => ChatProvider = createOpenAIProvider;
`;
