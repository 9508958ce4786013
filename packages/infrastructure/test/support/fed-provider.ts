import { type ChatProvider, type ChatRequest, userMessage } from "@chatport/domain";
import { createOpenAIProvider } from "../../src/providers/openai/index.js";
import { observe, type ObservedAnswer } from "./observed-answer.js";
import { bodyOf } from "./pieces.js";

export { comparable } from "./comparable-answer.js";

const request: ChatRequest = { messages: [userMessage("hi")] };

/** A provider whose server answers with these pieces, and no socket between them. */
function providerOf(pieces: readonly Uint8Array[]): ChatProvider {
  const fetch = (): Promise<Response> =>
    Promise.resolve(new Response(bodyOf(pieces), { headers: { "content-type": "text/event-stream" } }));
  return createOpenAIProvider({ model: "asked-model", retry: false, fetch });
}

export function ask(pieces: readonly Uint8Array[]): Promise<ObservedAnswer> {
  return observe(providerOf(pieces).stream(request));
}
