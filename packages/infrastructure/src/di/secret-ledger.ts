import type { Secret } from "@chatport/domain";
import { createRedactor, type Redact, redactNothing } from "../http/redaction.js";

/**
 * Every secret that the providers of one composition were made with, to be taken out of what is written down. It gives none of them back.
 */
export class SecretLedger {
  readonly #secrets = new Map<string, Secret>();
  readonly #unread: (() => readonly Secret[])[] = [];
  #redact: Redact = redactNothing;

  add(...secrets: readonly Secret[]): void {
    const size = this.#secrets.size;
    for (const secret of secrets) this.#secrets.set(secret.reveal(), secret);
    if (this.#secrets.size > size) this.#redact = createRedactor([...this.#secrets.values()]);
  }

  /** The same for secrets that are looked for when the first text is written down: most compositions write none. */
  addLater(find: () => readonly Secret[]): void {
    this.#unread.push(find);
  }

  /** Takes all secrets that are known by now out of a text. */
  readonly redact: Redact = (text) => {
    for (const find of this.#unread.splice(0)) this.add(...find());
    return this.#redact(text);
  };
}
