import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";

/** The built program: `pnpm build` makes it. */
export const program: string = fileURLToPath(new URL("../../dist/chatport.js", import.meta.url));

/** A key that must appear nowhere. */
export const keyCanary = "sk-test-canary-4f1d9c";

/** A home of its own for each test, empty at first, which is the working folder too. */
export async function temporaryHome(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "chatport-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The environment of a machine on which nothing is configured but what `settings` says. */
export function environment(home: string, settings: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, ".config"),
    LOCALAPPDATA: join(home, ".cache"),
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_CACHE_HOME: join(home, ".cache"),
    // A model server that happens to run here is no part of a test.
    CHATPORT_PROBE: "off",
    XDG_STATE_HOME: join(home, ".local", "state"),
    ...settings,
  };
}

/** Settings that lead to a loopback server. */
export function towards({ baseUrl }: { readonly baseUrl: string }): Record<string, string> {
  return { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: keyCanary };
}

export interface Run {
  readonly args: readonly string[];
  readonly home: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** What is written to standard input, which is then closed. */
  readonly input?: string;
  /** What standard input is. Default: a pipe when there is `input`, else /dev/null. A number is a file descriptor. */
  readonly stdin?: "pipe" | "ignore" | number;
  /** A file descriptor in place of what {@link Chatport.stdout} collects. */
  readonly stdout?: number;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** The status; null when a signal ended it. */
  readonly status: number | null;
}

/** A running program. */
export class Chatport {
  stdout = "";
  stderr = "";
  readonly child: ChildProcess;
  readonly #closed: Promise<unknown[]>;

  constructor({ args, home, settings, input, stdin, stdout }: Run) {
    const input0 = stdin ?? (input === undefined ? "ignore" : "pipe");
    this.child = spawn(process.execPath, [program, ...args], {
      cwd: home,
      env: environment(home, settings),
      stdio: [input0, stdout ?? "pipe", "pipe"],
    });
    this.#closed = once(this.child, "close");
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    if (input !== undefined) this.child.stdin?.end(input);
  }

  /** Waits until standard output holds this. */
  async prints(text: string): Promise<void> {
    await vi.waitFor(() => {
      if (!this.stdout.includes(text)) throw new Error(`not printed: ${text}; so far: ${this.stdout}; errors: ${this.stderr}`);
    }, waiting);
  }

  /** Waits for its end. */
  async ended(): Promise<Ended> {
    await this.#closed;
    return { stdout: this.stdout, stderr: this.stderr, status: this.child.exitCode };
  }
}

/** How long a condition may take on a loaded machine, and how often it is looked at, in milliseconds. */
export const waiting = { timeout: 20_000, interval: 10 } as const;

/** Runs the program to its end. */
export function runChatport(run: Run): Promise<Ended> {
  return new Chatport(run).ended();
}
