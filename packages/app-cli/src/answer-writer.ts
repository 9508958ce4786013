import type { AssistantPart, ChatEvent, FinishReason, MessageEndEvent } from "@chatport/domain";
import { ControlFilter, singleLine } from "./control-filter.js";
import type { Output } from "./output.js";
import { WholeCharacters } from "./whole-characters.js";

/** Where an answer and what is to be said about it go: standard output and standard error. */
export interface Outputs {
  readonly answer: Output;
  readonly notes: Output;
}

/**
 * Writes one answer for a person: its text (and refusals, which are answers too) to `answer` as it comes, and what else there is to know to `notes`.
 * A terminal gets neither escape sequences nor control characters of the model's; a pipe gets the text as it is. An answer ends with a newline.
 */
export class AnswerWriter {
  readonly #outputs: Outputs;
  readonly #text: TextWriter;
  readonly #reasoning: TextWriter | undefined;
  readonly #streamed = new Set<number>();

  constructor(outputs: Outputs) {
    this.#outputs = outputs;
    this.#text = new TextWriter(outputs.answer);
    // Thoughts are shown where a person watches both streams on one screen; in a log they would be noise.
    this.#reasoning =
      outputs.answer.isTerminal && outputs.notes.isTerminal
        ? new TextWriter(outputs.notes, (text) => outputs.notes.styled("dim", text))
        : undefined;
  }

  async write(event: ChatEvent): Promise<void> {
    switch (event.type) {
      case "text-delta":
      case "refusal-delta":
        this.#streamed.add(event.index);
        return this.#say(event.text);
      case "reasoning-delta":
        this.#streamed.add(event.index);
        return this.#think(event.text);
      case "part-end":
        // A provider may send a part whole, without deltas.
        return this.#streamed.has(event.index) ? undefined : this.#writePart(event.part);
      case "message-end":
        return this.#finish(event);
      default:
        return;
    }
  }

  /** Ends the line that the answer stopped in, however it ended. Call it once, after the last event. */
  async end(): Promise<void> {
    await this.#reasoning?.endLine();
    await this.#text.endLine();
  }

  async #writePart(part: AssistantPart): Promise<void> {
    switch (part.type) {
      case "text":
      case "refusal":
        return this.#say(part.text);
      case "reasoning":
        return this.#think(part.text);
      case "tool-call":
      case "invalid-tool-call":
        return this.#note(`the model asked to run the tool "${part.name}", which chatport does not`);
      case "provider":
        return this.#note(`the answer has a part of ${part.vendor}'s own that is not shown here (--json shows it)`);
    }
  }

  async #say(text: string): Promise<void> {
    await this.#reasoning?.endLine();
    await this.#text.write(text);
  }

  async #think(text: string): Promise<void> {
    if (this.#reasoning === undefined) return;
    await this.#text.endLine();
    await this.#reasoning.write(text);
  }

  async #finish(end: MessageEndEvent): Promise<void> {
    const empty = this.#text.isEmpty && end.finishReason === "stop" ? "the answer is empty" : undefined;
    const note = empty ?? finishNotes[end.finishReason];
    if (note !== undefined) await this.#note(note);
  }

  async #note(note: string): Promise<void> {
    // On one screen a note gets a line of its own; in a pipe it must not break the answer's line.
    if (this.#outputs.answer.isTerminal && this.#outputs.notes.isTerminal) await this.end();
    await this.#outputs.notes.write(`${this.#outputs.notes.styled("yellow", `chatport: ${singleLine(note)}`)}\n`);
  }
}

const finishNotes: Readonly<Partial<Record<FinishReason, string>>> = {
  length: "the answer was cut at the token limit",
  "content-filter": "the answer was cut by the provider's content filter",
  pause: "the provider paused; ask it to go on",
};

/** Text on its way to one stream. */
class TextWriter {
  readonly #output: Output;
  readonly #style: (text: string) => string;
  readonly #characters = new WholeCharacters();
  readonly #filter: ControlFilter | undefined;
  #last = "";

  constructor(output: Output, style: (text: string) => string = (text) => text) {
    this.#output = output;
    this.#style = style;
    this.#filter = output.isTerminal ? new ControlFilter() : undefined;
  }

  get isEmpty(): boolean {
    return this.#last === "";
  }

  async write(piece: string): Promise<void> {
    const whole = this.#characters.push(piece);
    const text = this.#filter?.push(whole) ?? whole;
    if (text === "") return;
    this.#last = text;
    await this.#output.write(this.#style(text));
  }

  async endLine(): Promise<void> {
    await this.write(this.#characters.end());
    if (this.#last === "" || this.#last.endsWith("\n")) return;
    this.#last = "\n";
    await this.#output.write("\n");
  }
}
