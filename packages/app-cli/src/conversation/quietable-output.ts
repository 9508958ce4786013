import { Writable } from "node:stream";
import type { OutputStream } from "../output.js";

/** A terminal that can be made to show nothing for a while: the line editor's, while an answer is on the screen. */
export class QuietableOutput extends Writable {
  readonly #screen: OutputStream;
  isQuiet = false;

  constructor(screen: OutputStream) {
    super({ decodeStrings: false });
    this.#screen = screen;
    // node:readline redraws its line when the window changes.
    screen.on("resize", this.#onResize);
  }

  /** Width in characters: node:readline asks. */
  get columns(): number {
    return this.#screen.columns ?? 80;
  }

  override _write(chunk: string, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (!this.isQuiet) this.#screen.write(chunk);
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#screen.off("resize", this.#onResize);
    callback(error);
  }

  readonly #onResize = (): void => {
    this.emit("resize");
  };
}
