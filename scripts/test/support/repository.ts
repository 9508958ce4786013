import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, as a path without a slash at its end. */
export const root: string = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[/\\]$/, "");

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the program reads. Default: nothing. */
  readonly input?: string;
}

/** Runs a program to its end, whatever that is. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd = root, env = process.env, input = "" }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(command, args, { cwd, env: { ...env, TURBO_TELEMETRY_DISABLED: "1" }, stdio: "pipe" });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.end(input);
  const [exitCode]: (number | null)[] = await once(child, "close");
  return { exitCode: exitCode ?? null, stdout, stderr };
}

/** Runs a program that must succeed, and gives what it printed on stdout. */
export async function runToSuccess(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await run(command, args, options);
  if (exitCode !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** A new empty directory outside the repository; it goes when the caller's `await using` ends. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "chatport-")));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writes files below a directory, their folders too. */
export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
