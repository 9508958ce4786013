import { type ChatException, isChatException, ParseException, ServerException } from "@chatport/domain";
import { parseTape, type TapeLine } from "./tape-format.js";
import type { TapeStorage } from "./tape-storage.js";

/** One tape, as who records on it and who plays it get at it: whatever goes wrong names the tape, and the provider that the tape is. */
export class TapeAccess {
  readonly #storage: TapeStorage;
  readonly #provider: string;

  constructor(storage: TapeStorage, provider: string) {
    this.#storage = storage;
    this.#provider = provider;
  }

  /**
   * All that the tape holds now.
   *
   * @throws {ServerException} `unavailable` when its storage cannot be read; {ParseException} `malformed` when what it holds is no tape.
   */
  async read(): Promise<{ readonly text: string; readonly lines: readonly TapeLine[] }> {
    const text = await this.#attempt("read", () => this.#storage.read());
    const refuse = (what: string): ChatException => this.#malformed(`${this.#failed("read")}: ${what}.`);
    return { text, lines: parseTape(text, refuse) };
  }

  /** Adds this text at the end. @throws {ServerException} `unavailable` when the storage cannot be written. */
  append(text: string): Promise<void> {
    return this.#attempt("written", () => this.#storage.append(text));
  }

  /** What JSON that nests more deeply than the stack ends with: it may have been read for all that. */
  tooDeep(): ChatException {
    return this.#malformed("The answer nests too deeply to be recorded.");
  }

  #malformed(message: string): ChatException {
    return new ParseException("malformed", message, { provider: this.#provider });
  }

  async #attempt<Result>(what: "read" | "written", use: () => Promise<Result>): Promise<Result> {
    try {
      return await use();
    } catch (cause) {
      if (isChatException(cause)) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `${this.#failed(what)}: ${why.replace(/\.$/u, "")}.`;
      // A file's mode, a full disk: nothing that is otherwise when it is tried again soon.
      throw new ServerException("unavailable", message, { provider: this.#provider, retryable: false, cause });
    }
  }

  #failed(what: "read" | "written"): string {
    const { name } = this.#storage;
    return `The tape ${name === undefined ? "" : `${name} `}cannot be ${what}`;
  }
}
