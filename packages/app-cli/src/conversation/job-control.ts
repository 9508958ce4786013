/** The terminal, as a program that reads single keys holds it. */
export interface HeldTerminal {
  /** Leaves the terminal as the shell expects it. */
  release(): void;
  /** Takes the terminal again, in whatever state it is now. */
  retake(): void;
}

/** Stops at Ctrl-Z and goes on with `fg`, as every program does whose terminal handles the key itself. */
export class JobControl {
  readonly #terminal: HeldTerminal;
  #fallback: ReturnType<typeof setTimeout> | undefined;

  constructor(terminal: HeldTerminal) {
    this.#terminal = terminal;
    process.on("SIGCONT", this.#goOn);
  }

  /** Stops the whole process group: a package manager that waits for this program would otherwise keep the shell waiting. */
  stop(): void {
    this.#terminal.release();
    process.kill(0, "SIGTSTP");
    // Where no shell could continue it (a container's first process, a terminal's own command) the signal is discarded and nothing has stopped.
    this.#fallback = setTimeout(this.#goOn, discardedAfterMs);
  }

  /** Stops listening. */
  close(): void {
    clearTimeout(this.#fallback);
    process.off("SIGCONT", this.#goOn);
  }

  // Bound, to be removed; a continuation without a stop of ours (SIGSTOP) leaves the terminal in the shell's state all the same.
  readonly #goOn = (): void => {
    clearTimeout(this.#fallback);
    this.#terminal.retake();
  };
}

const discardedAfterMs = 50;
