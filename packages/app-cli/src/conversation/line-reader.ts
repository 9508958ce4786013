import { createInterface, type Interface } from "node:readline";
import type { OutputStream } from "../output.js";
import { JobControl } from "./job-control.js";
import { MessageHistory } from "./message-history.js";
import { QuietableOutput } from "./quietable-output.js";

/**
 * Reads messages that a person types at a prompt: lines, with the line editor of node:readline and a history (arrow up) of messages. A backslash at the end of
 * a line continues the message on the next one; pasted lines are one message. What is typed while an answer streams is not shown until it ends, and not lost.
 */
export class LineReader {
  readonly #input: NodeJS.ReadStream;
  readonly #screen: OutputStream;
  readonly #editorScreen: QuietableOutput;
  readonly #editor: Interface;
  readonly #history: MessageHistory;
  readonly #job: JobControl;
  /** Typed ahead, while an answer was streaming. */
  readonly #messages: string[] = [];
  /** The lines of a message that goes on. */
  #lines: readonly string[] = [];
  #isPasting = false;
  #isClosed = false;
  #deliver: ((message: string | undefined) => void) | undefined;
  #stop: (() => void) | undefined;

  constructor(input: NodeJS.ReadStream, screen: OutputStream) {
    this.#input = input;
    this.#screen = screen;
    this.#editorScreen = new QuietableOutput(screen);
    this.#editor = createInterface({ input, output: this.#editorScreen, terminal: true, historySize: MessageHistory.size });
    this.#history = new MessageHistory(this.#editor);
    this.#job = new JobControl({ release: () => this.#release(), retake: () => this.#retake() });
    this.#editor.on("line", (line) => this.#takeLine(line));
    this.#editor.on("SIGINT", () => this.#takeInterrupt());
    this.#editor.on("SIGTSTP", () => this.#job.stop());
    this.#editor.on("close", () => this.#takeEnd());
    input.on("keypress", this.#onKey);
    screen.write(bracketedPaste.on);
  }

  /** Whether the person has left. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The next message; undefined when the person leaves (Ctrl-D). */
  read(): Promise<string | undefined> {
    if (this.#isClosed) return Promise.resolve(undefined);
    const ahead = this.#messages.shift();
    if (ahead !== undefined) {
      this.#screen.write(`${prompts.first}${ahead.replaceAll("\n", `\n${prompts.next}`)}\n`);
      return Promise.resolve(ahead);
    }
    this.#prompt();
    return new Promise((resolve) => {
      this.#deliver = (message) => {
        this.#deliver = undefined;
        this.#editorScreen.isQuiet = true;
        resolve(message);
      };
    });
  }

  /** Runs what answers a message; Ctrl-C meanwhile, or leaving, calls `stop`. */
  async whileAnswering(stop: () => void, work: () => Promise<void>): Promise<void> {
    this.#stop = stop;
    try {
      await work();
    } finally {
      this.#stop = undefined;
    }
  }

  /** Gives the terminal back. A pending {@link read} resolves to undefined. */
  close(): void {
    this.#editor.close();
  }

  #takeLine(edited: string): void {
    // Node.js 24 parts the lines of a message from the history by carriage returns; a line that was typed has none.
    const line = edited.replaceAll("\r", "\n");
    const goesOn = this.#isPasting || endsWithBackslash.test(line);
    this.#lines = [...this.#lines, this.#isPasting ? line : line.replace(endsWithBackslash, "")];
    if (goesOn) {
      if (!this.#editorScreen.isQuiet) this.#prompt();
      return;
    }
    const message = this.#lines.join("\n");
    this.#lines = [];
    this.#history.add(message);
    if (this.#deliver === undefined) this.#messages.push(message);
    else this.#deliver(message);
  }

  #takeInterrupt(): void {
    if (this.#stop !== undefined) return this.#stop();
    const hasTyped = this.#lines.length > 0 || this.#editor.line !== "";
    this.#screen.write(hasTyped ? "^C\n" : "\n(Ctrl-D leaves)\n");
    this.#history.add(this.#lines.join("\n"));
    this.#lines = [];
    this.#eraseLine();
    this.#prompt();
  }

  #takeEnd(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#input.off("keypress", this.#onKey);
    this.#job.close();
    this.#screen.write(bracketedPaste.off);
    this.#stop?.();
    if (this.#deliver !== undefined) this.#screen.write("\n");
    this.#deliver?.(undefined);
    this.#editorScreen.destroy();
  }

  #release(): void {
    this.#screen.write(bracketedPaste.off);
    this.#input.setRawMode(false);
  }

  #retake(): void {
    this.#input.setRawMode(true);
    this.#screen.write(bracketedPaste.on);
    // An answer that streams goes on where it was.
    if (this.#deliver !== undefined) this.#prompt();
  }

  /** Shows the prompt, and what was typed while nothing was shown. */
  #prompt(): void {
    const typed = this.#eraseLine();
    this.#editorScreen.isQuiet = false;
    this.#editor.setPrompt(this.#lines.length === 0 ? prompts.first : prompts.next);
    this.#editor.prompt();
    if (typed !== "") this.#editor.write(typed);
  }

  /** Empties the editor's line unseen, so that the editor does not move up over rows which it believes to be its own. */
  #eraseLine(): string {
    const typed = this.#editor.line;
    this.#editorScreen.isQuiet = true;
    this.#editor.write(null, { ctrl: true, name: "e" });
    this.#editor.write(null, { ctrl: true, name: "u" });
    return typed;
  }

  readonly #onKey = (_text: unknown, key: { readonly name?: string | undefined } | undefined): void => {
    if (key?.name === "paste-start") this.#isPasting = true;
    if (key?.name === "paste-end") this.#isPasting = false;
  };
}

const prompts = { first: "> ", next: "… " } as const;

/** Asks the terminal to mark where a paste begins and ends (xterm's mode 2004). */
const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" } as const;

/** One backslash; two are text. */
const endsWithBackslash = /(?<!\\)\\$/;
