import { type IPty, spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { vi } from "vitest";
import { environment, program, type Run, waiting } from "./chatport.js";

export interface TerminalRun extends Run {
  readonly columns?: number;
  /** Shell text that starts the program as `"$NODE" "$PROGRAM"`, instead of the program itself. */
  readonly shell?: string;
}

/** The program in a pseudo-terminal, whose screen is drawn by xterm.js, so that a test reads what a person sees. */
export class TerminalScreen {
  /** All that the program wrote, control characters included. */
  written = "";
  readonly ended: Promise<number>;
  readonly #pty: IPty;
  readonly #screen: headless.Terminal;

  constructor({ args, home, settings, columns = 80, shell }: TerminalRun) {
    const env = environment(home, { TERM: "xterm-256color", NODE: process.execPath, PROGRAM: program, ...settings });
    const [file, words] = shell === undefined ? [process.execPath, [program, ...args]] : ["sh", ["-c", shell]];
    this.#screen = new headless.Terminal({ cols: columns, rows: 40, allowProposedApi: true });
    this.#pty = spawn(file, words, { cols: columns, rows: 40, cwd: home, env });
    this.#pty.onData((data) => {
      this.written += data;
      this.#screen.write(data);
    });
    // xterm.js answers questions that the program asks the terminal.
    this.#screen.onData((data) => this.#pty.write(data));
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => resolve(exitCode));
    });
  }

  /** Types at the keyboard. */
  type(keys: string): void {
    this.#pty.write(keys);
  }

  /** The screen's lines, without trailing space and trailing empty lines. */
  get text(): string {
    const buffer = this.#screen.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? "");
    return lines.join("\n").trimEnd();
  }

  /** Waits until the screen shows this. */
  async shows(expected: string | RegExp): Promise<void> {
    await vi.waitFor(() => {
      const found = typeof expected === "string" ? this.text.includes(expected) : expected.test(this.text);
      if (!found) throw new Error(`not on the screen: ${String(expected)}; the screen:\n${this.text}`);
    }, waiting);
  }

  /** Waits until the last line is an empty prompt. */
  async isReady(): Promise<void> {
    await this.shows(/(^|\n)>$/);
  }

  kill(signal = "SIGKILL"): void {
    this.#pty.kill(signal);
  }
}

/** Keys as a terminal sends them. */
export const keys = { enter: "\r", up: "\u001b[A", ctrlC: "\u0003", ctrlD: "\u0004", ctrlZ: "\u001a" } as const;
