/**
 * A key or a password that never prints itself: not in a template, not as JSON, not in `console.log` or a crash report. `reveal()` is the only way out.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    // Node's `util.inspect` and Deno's `Deno.inspect` ask under these names.
    for (const key of ["nodejs.util.inspect.custom", "Deno.customInspect"]) {
      Object.defineProperty(this, Symbol.for(key), { value: () => shown });
    }
  }

  /** The value itself, for the one place that puts it on the wire. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }
}

const shown = "[secret]";
