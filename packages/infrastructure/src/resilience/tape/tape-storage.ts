/** Where a tape lies: a file, a browser's storage, a string in a test. */
export interface TapeStorage {
  /** All that was written; an empty text when there is no tape yet. */
  read(): Promise<string>;
  /** Adds lines at the end, all of them or none. */
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
