import type { Interface } from "node:readline";

/**
 * What arrow up brings back: whole messages, also of several lines. The line editor remembers line by line; its `history` event hands out the list itself, to
 * be changed (https://nodejs.org/api/readline.html#event-history).
 */
export class MessageHistory {
  static readonly size = 1000;
  #messages: readonly string[] = [];
  #remembered: string[] = [];

  constructor(editor: Interface) {
    editor.on("history", (remembered) => {
      this.#remembered = remembered;
    });
  }

  /** Puts a message in place of its lines. */
  add(message: string): void {
    if (message.trim() !== "" && message !== this.#messages[0]) this.#messages = [message, ...this.#messages].slice(0, MessageHistory.size);
    this.#remembered.splice(0, this.#remembered.length, ...this.#messages);
  }
}
