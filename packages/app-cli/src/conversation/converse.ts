import { type ChatProvider, isChatException } from "@chatport/domain";
import { AnswerDraft } from "../answer-draft.js";
import type { Outputs } from "../answer-writer.js";
import type { SettingPlace } from "../answerer.js";
import { exitCodeOf, exitCodes } from "../exit-code.js";
import { writeFailure } from "../failure-report.js";
import { Interruption } from "../interruption.js";
import type { OutputStream } from "../output.js";
import { showAnswer } from "../show-answer.js";
import { LineReader } from "./line-reader.js";
import { type ConversationCommand, helpText, isCommand, unknownCommand } from "./slash-commands.js";
import { Transcript } from "./transcript.js";

export interface ConversationOptions {
  readonly provider: ChatProvider;
  readonly placeOf: SettingPlace;
  readonly outputs: Outputs;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: OutputStream;
  /** Ends the conversation; its reason is an {@link Interruption}. */
  readonly signal: AbortSignal;
  readonly system?: string | undefined;
  readonly stream: boolean;
}

/** A conversation at a prompt, kept in memory, until the person leaves. Returns the exit status. */
export async function converse(options: ConversationOptions): Promise<number> {
  const { signal, stdin, stdout } = options;
  const conversation = new TerminalConversation(options, new LineReader(stdin, stdout));
  const leave = (): void => conversation.leave();
  signal.addEventListener("abort", leave);
  try {
    await conversation.run();
  } finally {
    signal.removeEventListener("abort", leave);
    conversation.leave();
  }
  return signal.reason instanceof Interruption ? signal.reason.exitCode : exitCodes.success;
}

class TerminalConversation {
  readonly #options: ConversationOptions;
  readonly #reader: LineReader;
  readonly #transcript: Transcript;

  constructor(options: ConversationOptions, reader: LineReader) {
    this.#options = options;
    this.#reader = reader;
    this.#transcript = new Transcript(options.system);
  }

  async run(): Promise<void> {
    await this.#tell("/help tells more, Ctrl-D leaves");
    for (;;) {
      const message = await this.#reader.read();
      if (message === undefined) return;
      await this.#take(message);
    }
  }

  leave(): void {
    this.#reader.close();
  }

  async #take(message: string): Promise<void> {
    if (isCommand(message)) return this.#obey(message);
    if (unknownCommand.test(message)) return this.#tell(`there is no command ${message.trim()}; /help lists them`);
    if (message.trim() !== "") this.#transcript.say(message);
    else if (!this.#transcript.isOpen || !this.#transcript.askAgain()) return;
    return this.#answer();
  }

  async #obey(command: ConversationCommand): Promise<void> {
    switch (command) {
      case "/help":
        return this.#tell(helpText);
      case "/exit":
        return this.leave();
      case "/clear":
        this.#transcript.clear();
        return this.#tell("a new conversation");
      case "/retry":
        return this.#transcript.askAgain() ? this.#answer() : this.#tell("nothing was asked yet");
    }
  }

  /** Asks what the transcript ends with. A failure is told, and the conversation goes on. */
  async #answer(): Promise<void> {
    const { provider, placeOf, outputs, stream } = this.#options;
    const draft = new AnswerDraft();
    const stop = new AbortController();
    const options = { signal: stop.signal, delivery: stream ? "stream" : "whole" } as const;
    const ask = async (): Promise<void> => {
      await showAnswer(provider, { messages: this.#transcript.messages }, options, outputs, draft);
      this.#transcript.answered(draft.message());
    };
    try {
      await this.#reader.whileAnswering(() => stop.abort(new Interruption("Stopped.", exitCodes.success)), ask);
    } catch (error) {
      const partial = draft.partial();
      this.#transcript.cutOff(partial);
      const isStopped = stop.signal.aborted && partial.content.length === 0;
      if (isStopped || (isChatException(error) && exitCodeOf(error.code) === exitCodes.data)) this.#transcript.setAside();
      await writeFailure(error, outputs, false, placeOf);
      if (!this.#reader.isClosed) await this.#tell("an empty line asks again");
    }
  }

  async #tell(text: string): Promise<void> {
    const { notes } = this.#options.outputs;
    await notes.write(`${notes.styled("dim", text)}\n`);
  }
}
