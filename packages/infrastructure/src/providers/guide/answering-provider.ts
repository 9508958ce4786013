import { type CallOptions, type ChatEvent, type ChatProvider, type ChatRequest, RequestException, singleUse, text } from "@chatport/domain";
import { guideModel, refusalOf } from "./guide-refusal.js";
import { textPieces } from "./text-pieces.js";

/** Writes one answer, in Markdown. */
type Answer = (request: ChatRequest) => Promise<string>;

/** The port's half of the guide: any answer that is made in memory, told in the port's events. */
export function answeringProvider(name: string, answer: Answer): ChatProvider {
  return {
    name,
    vendor: "guide",
    capabilities: new Set(),
    stream: (request, options = {}) => singleUse(name, () => events(name, answer, request, options)),
  };
}

async function* events(name: string, answer: Answer, request: ChatRequest, options: CallOptions): AsyncGenerator<ChatEvent, undefined> {
  const { signal, delivery } = options;
  signal?.throwIfAborted();
  refuse(name, request);
  const markdown = await answer(request);
  signal?.throwIfAborted();
  yield { type: "message-start", model: guideModel };
  signal?.throwIfAborted();
  if (delivery !== "whole") {
    for (const piece of textPieces(markdown)) {
      yield { type: "text-delta", index: 0, text: piece };
      // A loop of ready promises would starve the event loop: no Ctrl-C, no other request.
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  yield { type: "part-end", index: 0, part: text(markdown) };
  signal?.throwIfAborted();
  yield { type: "message-end", finishReason: "stop" };
}

function refuse(name: string, request: ChatRequest): void {
  const refused = refusalOf(request);
  if (refused === undefined) return;
  const sentence = `The guide is no language model and does not support ${refused}. Connect a model for that: set OPENAI_API_KEY, or see chatport.toml.`;
  throw new RequestException("unsupported", sentence, { provider: name });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
