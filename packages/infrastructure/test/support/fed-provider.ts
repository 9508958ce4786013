import { type ChatProvider, type ChatRequest, userMessage } from "@chatport/domain";
import { createOpenAIProvider } from "../../src/providers/openai/index.js";
import { observe, type ObservedAnswer } from "./observed-answer.js";
import { bodyOf } from "./pieces.js";

export const request: ChatRequest = { messages: [userMessage("hi")] };

/** A provider whose server answers with these pieces, and no socket between them. */
export function providerOf(pieces: readonly Uint8Array[]): ChatProvider {
  const fetch = (): Promise<Response> =>
    Promise.resolve(new Response(bodyOf(pieces), { headers: { "content-type": "text/event-stream" } }));
  return createOpenAIProvider({ model: "asked-model", retry: false, fetch });
}

export function ask(pieces: readonly Uint8Array[]): Promise<ObservedAnswer> {
  return observe(providerOf(pieces).stream(request));
}

/** What a consumer saw, without the ids that are made up for calls that came without one. */
export function comparable({ exception, ...rest }: ObservedAnswer): unknown {
  const plain = { ...rest, exception: exception && Object.assign({ message: exception.message }, exception) };
  return JSON.parse(JSON.stringify(plain).replaceAll(/"call_[0-9a-f]{24}"/gu, '"minted"'));
}
