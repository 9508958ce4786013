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
    const said = this.#turns.flatMap(({ question, answer }) => [userMessage(question), ...(answer === undefined ? [] : [answer])]);
    return [...this.#system, ...said];
  }

  /** Whether the last turn has no whole answer, so that {@link askAgain} makes sense. */
  get isOpen(): boolean {
    return this.#turns.at(-1)?.isWhole === false;
  }

  say(question: string): void {
    const last = this.#turns.at(-1);
    if (last === undefined || last.answer !== undefined) this.#turns = [...this.#turns, { question, isWhole: false }];
    else this.#replaceLast({ question: last.isRefused ? question : `${last.question}\n\n${question}`, isWhole: false });
  }

  /** Prepares the last question to be asked again, without what had come of its answer. Returns whether there is one. */
  askAgain(): boolean {
    const last = this.#turns.at(-1);
    if (last === undefined) return false;
    this.#replaceLast({ question: last.question, isWhole: false });
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

  /** The request itself was at fault: the question is kept for {@link askAgain}, but would spoil the next one. */
  refused(): void {
    this.#change({ isRefused: true });
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
  readonly question: string;
  readonly answer?: AssistantMessage;
  readonly isWhole: boolean;
  readonly isRefused?: boolean;
}
