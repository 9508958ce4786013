/**
 * What has been opened, to be closed in the opposite order: the part of `AsyncDisposableStack` that is needed here. The platform's own comes with Node 24, and
 * this package runs on Node 22.13.
 */
export class DisposalStack implements AsyncDisposable {
  readonly #opened: (AsyncDisposable | Disposable)[] = [];
  #disposal: Promise<void> | undefined;

  /** Takes the value over when it is disposable; a value that is not is left alone. */
  use(value: object): void {
    if (isDisposable(value)) this.#opened.push(value);
  }

  /** Closes everything, once. What fails to close does not keep the rest open; all failures are thrown together as an `AggregateError`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#disposeAll();
    return this.#disposal;
  }

  async #disposeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const opened of this.#opened.toReversed()) {
      try {
        await (Symbol.asyncDispose in opened ? opened[Symbol.asyncDispose]() : opened[Symbol.dispose]());
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "Not everything could be closed.");
  }
}

function isDisposable(value: object): value is AsyncDisposable | Disposable {
  return Symbol.asyncDispose in value || Symbol.dispose in value;
}
