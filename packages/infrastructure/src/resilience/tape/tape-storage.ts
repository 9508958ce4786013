/** Where a tape lies: a file, a browser's storage, a string in a test. */
export interface TapeStorage {
  /** What people call the tape, such as its path: exceptions name it. Default: they do not. */
  readonly name?: string;
  /** All that was written; an empty text when there is no tape yet. What it throws says why in words that go on "The tape cannot be read: ...". */
  read(): Promise<string>;
  /** Adds lines at the end, all of them or none: what is there of them after all is passed over when the tape is read. Its errors are worded like those of `read`. */
  append(lines: string): Promise<void>;
}

/** A tape in memory, for tests and demos. */
export function memoryTape(recorded = ""): TapeStorage & { readonly text: string } {
  let text = recorded;
  return {
    get text() {
      return text;
    },
    read: () => Promise.resolve(text),
    append: (lines) => {
      text += lines;
      return Promise.resolve();
    },
  };
}
