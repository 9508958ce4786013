import { type ConfigException, isConfigException } from "./config-exception.js";

/** What is wrong with one table or one file, the most telling first. */
export type Mistakes = readonly [ConfigException, ...(readonly ConfigException[])];

/** A mistake, and what else is wrong with the same table. */
export function mistakesIn(error: ConfigException): Mistakes {
  return [error, ...(error.others ?? [])];
}

/** Several mistakes as the one exception that can be thrown: the first, which knows the others. */
export function asOne([first, ...others]: Mistakes): ConfigException {
  return others.length === 0 ? first : Object.assign(first, { others });
}

/** Goes on past mistakes, and keeps them. */
export class MistakeCollector {
  readonly mistakes: ConfigException[] = [];

  /** What was asked for; undefined where a mistake was made. Everything else that is thrown is thrown on. */
  try<Result>(attempt: () => Result): Result | undefined {
    try {
      return attempt();
    } catch (error) {
      return this.#take(error);
    }
  }

  async wait<Result>(attempt: Promise<Result>): Promise<Result | undefined> {
    try {
      return await attempt;
    } catch (error) {
      return this.#take(error);
    }
  }

  #take(error: unknown): undefined {
    if (!isConfigException(error)) throw error;
    this.mistakes.push(...mistakesIn(error));
  }
}
