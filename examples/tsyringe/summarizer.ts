import { type ChatProvider, complete, systemMessage, userMessage } from "@chatport/domain";

/** A service of the application. It knows the port, and neither a container nor who answers. */
export class Summarizer {
  readonly #provider: ChatProvider;

  constructor(provider: ChatProvider) {
    this.#provider = provider;
  }

  async summarize(text: string): Promise<string> {
    const answer = await complete(this.#provider, { messages: [systemMessage("Summarise in one sentence."), userMessage(text)] });
    return answer.text;
  }
}
