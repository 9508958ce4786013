import type { Writable } from "node:stream";
import { styleText } from "node:util";

/** What {@link Output} needs of `process.stdout`. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

type Style = "dim" | "red" | "yellow";

/** One of the two standard streams, as the program writes to it. Writing never fails: what goes wrong is told once, to `onFailure`. */
export class Output {
  readonly isTerminal: boolean;
  readonly #stream: OutputStream;
  readonly #colour: boolean;
  readonly #onFailure: (error: Error) => void;
  #isClosed = false;

  /**
   * @param colour false: never any; true: when the stream is a terminal that shows colour. NO_COLOR, FORCE_COLOR and TERM=dumb are heeded.
   * @param onFailure called once when nothing more can be written (`chatport ... | head -1`, a full disk); what is written after that goes nowhere.
   */
  constructor(stream: OutputStream, colour: boolean, onFailure: (error: Error) => void) {
    this.#stream = stream;
    this.#colour = colour;
    this.#onFailure = onFailure;
    this.isTerminal = stream.isTTY ?? false;
    stream.on("error", (error: Error) => this.#fail(error));
  }

  /** Resolves when the stream has taken the text, so that a fast answer waits for a slow reader. */
  async write(text: string): Promise<void> {
    if (this.#isClosed || text === "") return;
    await new Promise<void>((resolve) => {
      this.#stream.write(text, (error) => {
        if (error != null) this.#fail(error);
        resolve();
      });
    });
  }

  /** Writes without waiting: for short notes from where nobody can wait. */
  post(text: string): void {
    void this.write(text);
  }

  /** The text in this style, if this stream shows colour. */
  styled(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { stream: this.#stream }) : text;
  }

  #fail(error: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onFailure(error);
  }
}
