import { type AssistantMessage, type Message, systemMessage, userMessage } from "@chatport/domain";

/**
 * The messages of one conversation, in memory. What a person said is kept until it is answered: it can be asked again, and when another message follows
 * instead, both go out as one, because many models want the speakers to take turns.
 */
export class Transcript {
  readonly #system: readonly Message[];
  #turns: readonly Turn[] = [];

  constructor(system?: string) {
    this.#system = system === undefined ? [] : [systemMessage(system)];
  }

  /** What to send to the provider; ends with what the person said last. */
  get messages(): readonly Message[] {
    const said = this.#turns.flatMap(({ questions, answer }) => [
      userMessage(questions.join("\n\n")),
      ...(answer === undefined ? [] : [answer]),
    ]);
    return [...this.#system, ...said];
  }

  /** Whether the last turn has no whole answer, so that {@link askAgain} makes sense. */
  get isOpen(): boolean {
    return this.#turns.at(-1)?.isWhole === false;
  }

  say(question: string): void {
    const last = this.#turns.at(-1);
    if (last === undefined || last.answer !== undefined) this.#turns = [...this.#turns, { questions: [question], isWhole: false }];
    else this.#replaceLast({ questions: [...(last.isSetAside ? last.questions.slice(0, -1) : last.questions), question], isWhole: false });
  }

  /** Prepares the last question to be asked again, without what had come of its answer. Returns whether there is one. */
  askAgain(): boolean {
    const last = this.#turns.at(-1);
    if (last === undefined) return false;
    this.#replaceLast({ questions: last.questions, isWhole: false });
    return true;
  }

  /** The answer is whole. */
  answered(answer: AssistantMessage): void {
    this.#change({ answer, isWhole: true });
  }

  /** The answer was stopped or failed; what had come of it is kept. */
  cutOff(partial: AssistantMessage): void {
    if (partial.content.length > 0) this.#change({ answer: partial });
  }

  /**
   * The last question is kept for {@link askAgain}, but does not go out with the next one: the person stopped it before a word of an answer came, or the
   * request itself was at fault and would spoil the next one.
   */
  setAside(): void {
    this.#change({ isSetAside: true });
  }

  clear(): void {
    this.#turns = [];
  }

  #change(change: Partial<Turn>): void {
    const last = this.#turns.at(-1);
    if (last !== undefined) this.#replaceLast({ ...last, ...change });
  }

  #replaceLast(turn: Turn): void {
    this.#turns = [...this.#turns.slice(0, -1), turn];
  }
}

interface Turn {
  /** What was said, message by message, since the last answer. */
  readonly questions: readonly string[];
  readonly answer?: AssistantMessage;
  readonly isWhole: boolean;
  readonly isSetAside?: boolean;
}
