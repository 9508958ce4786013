import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

describe("the core entry", () => {
  test("runs where there is nothing but ECMAScript, abort signals and timers", { timeout: 60_000 }, async () => {
    const { stdout } = await run(process.execPath, ["--no-warnings", "--experimental-vm-modules", pathOf("edge-runtime.mjs")]);
    expect(JSON.parse(stdout)).toEqual({
      globals: ["AbortController", "AbortSignal", "setTimeout", "clearTimeout"],
      pieces: ["Hello, ", "edge"],
      text: "Hello, edge",
      failure: [true, "truncated"],
      aborted: "enough",
      secret: '"[secret]"',
    });
  });

  test.each([
    ["a page, without Node's types", "DOM"],
    ["a worker, without Node's types", "WebWorker"],
  ])("compiles for %s", { timeout: 120_000 }, async (_where, library) => {
    expect(await typeErrors(library, 'export * from "CORE";')).toBe("");
  });

  test("would not compile there if it named something of Node", { timeout: 120_000 }, async () => {
    expect(await typeErrors("WebWorker", 'export * from "CORE"; process.exit();')).toContain("Cannot find name 'process'");
  });
});

/** What the compiler says about a program that uses the core's sources with one platform's library and no ambient types. */
async function typeErrors(library: string, program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chatport-domain-"));
  try {
    const core = pathOf("../src/index.ts").replace(/\.ts$/, ".js");
    await writeFile(join(folder, "program.mts"), program.replace("CORE", core));
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(configuration(library)));
    const compiler = pathOf("../../../node_modules/typescript/bin/tsc");
    return await run(process.execPath, [compiler, "-p", folder]).then(
      () => "",
      (error: unknown) => (error instanceof Error && "stdout" in error ? String(error.stdout) : String(error)),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function configuration(library: string): object {
  return {
    extends: pathOf("../../../tsconfig.base.json"),
    compilerOptions: { composite: false, noEmit: true, types: [], lib: ["ES2023", library], skipLibCheck: false },
    include: ["program.mts"],
  };
}
