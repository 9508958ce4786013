import type { ChatProvider, ChatRequest } from "@chatport/domain";
import { userMessage } from "@chatport/domain";
import { createGeminiProvider, type GeminiConfig } from "../../../src/providers/gemini/index.js";
import { observe, type ObservedAnswer } from "../../support/observed-answer.js";
import { bodyOf, utf8 } from "../../support/pieces.js";

export { comparable } from "../../support/comparable-answer.js";
export const request: ChatRequest = { messages: [userMessage("hi")] };
export const origin = "https://generativelanguage.googleapis.com";

/** Events as the API streams them with `alt=sse`. */
export function sse(events: readonly unknown[]): string {
  return events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join("");
}

/** A provider whose server answers with these pieces, and no socket between them. */
export function providerOf(pieces: readonly Uint8Array[], status = 200, config: Partial<GeminiConfig> = {}): ChatProvider {
  const fetch = (): Promise<Response> => Promise.resolve(new Response(bodyOf(pieces), { status }));
  return createGeminiProvider({ model: "asked-model", retry: false, fetch, ...config });
}

export function ask(body: string | readonly Uint8Array[], status = 200): Promise<ObservedAnswer> {
  return observe(providerOf(typeof body === "string" ? [utf8(body)] : body, status).stream(request));
}
