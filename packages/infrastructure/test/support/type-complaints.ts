import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LiteralLine, literalLines } from "./typed-literal.js";

/** A JSON value that is to be of a type. */
export interface TypedValue {
  /** A type expression, in the words of the source's first lines. */
  readonly type: string;
  readonly value: unknown;
}

/** What the compiler has against a value. */
export interface TypeComplaint {
  /** The field, such as `messages[0].content`; nothing when it is the value as a whole. */
  readonly path: string;
  /** The compiler's words. */
  readonly message: string;
}

/**
 * What the repository's own TypeScript has against values, each as a literal of its type, in one run: so fields too that the type does not know.
 *
 * @param imports the first lines of the source: where the types come from
 * @returns the complaints about each value, in the order of the values
 * @throws {Error} with the compiler's output when it says anything else: a type that is not found would take every value.
 */
export async function typeComplaints(imports: string, values: readonly TypedValue[]): Promise<readonly (readonly TypeComplaint[])[]> {
  const lines = [
    ...imports.split("\n").map((text) => ({ text, path: "", value: -1 })),
    ...values.flatMap(({ type, value }, index) =>
      literalLines(value, "", `export const value${index}: ${type} = `, ";").map((line) => ({ ...line, value: index })),
    ),
  ];
  const complaints: TypeComplaint[][] = values.map(() => []);
  for (const { line, message } of await diagnosticsOf(lines)) {
    const { value, path } = lines[line - 1] ?? { value: -1, path: "" };
    const about = complaints[value];
    if (about === undefined) throw new Error(`The types themselves do not compile: ${message}`);
    about.push({ path, message });
  }
  return complaints;
}

const packageFolder = fileURLToPath(new URL("../../", import.meta.url));
const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
const sourceName = "values.mts";
const compilerOptions = {
  target: "ES2023",
  lib: ["ES2023"],
  module: "NodeNext",
  strict: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  types: [],
  skipLibCheck: true,
  noEmit: true,
};

interface Diagnostic {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Inside of `node_modules`, where the package's dependencies resolve and neither git nor a tool looks. */
async function diagnosticsOf(lines: readonly Pick<LiteralLine, "text">[]): Promise<readonly Diagnostic[]> {
  const cache = join(packageFolder, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "type-complaints-"));
  try {
    await writeFile(join(folder, sourceName), lines.map(({ text }) => text).join("\n"));
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [sourceName] }));
    return diagnosticsIn(await compile(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function compile(folder: string): Promise<string> {
  const compiler = join(dirname(typescript), "bin/tsc");
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, "--pretty", "false", "-p", "."], options, (error, stdout, stderr) => {
      // It exits with 1 or 2 when it has something to say, and says it to the standard output.
      if (error === null || (typeof error.code === "number" && stdout !== "")) resolve(stdout);
      else reject(new Error(`TypeScript did not run: ${stderr}`, { cause: error }));
    });
  });
}

/** A diagnostic begins with its place; its further lines are indented. */
function diagnosticsIn(output: string): readonly Diagnostic[] {
  const diagnostics = output.split(/\n(?=\S)/u).filter((text) => text.trim() !== "");
  return diagnostics.map((text) => {
    const { line, message } = /^values\.mts\((?<line>\d+),\d+\): error (?<message>[^]*)$/u.exec(text)?.groups ?? {};
    if (line === undefined || message === undefined) throw new Error(`The types themselves do not compile: ${text}`);
    return { line: Number(line), message: message.replaceAll(/\s+/gu, " ").trim() };
  });
}
