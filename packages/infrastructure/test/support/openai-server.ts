import type { ChatProvider } from "@chatport/domain";
import { createOpenAIProvider, type OpenAIConfig } from "../../src/providers/openai/index.js";
import type { Exchange } from "../../src/testing/index.js";
import { type Answer, type ServedProvider, serveProvider } from "./served-provider.js";

export const canary = "sk-test-canary-5e1f8a90c3";

/** A provider and the server that it talks to; `answers` are used in turn, the last one again and again. */
export function serve(
  answers: readonly Answer[],
  config: Partial<OpenAIConfig> = {},
  create: (config: OpenAIConfig) => ChatProvider = createOpenAIProvider,
): Promise<ServedProvider> {
  return serveProvider(answers, (origin) =>
    create({ model: "gpt-test", apiKey: canary, baseUrl: `${origin}/v1`, retry: false, ...config }),
  );
}

export function chunk(content: string, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta: { content }, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "gpt-test", choices })}\n\n`;
}

export const goodStream = `${chunk("Hello")}${chunk("", "stop")}data: [DONE]\n\n`;

/** Answers with a whole body. */
export function respond(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = { "content-type": "text/event-stream" },
  status = 200,
) {
  return ({ response }: Exchange): void => {
    response.writeHead(status, headers).end(body);
  };
}

/** Sends headers and the start of a stream, and leaves it open. */
export function begin(text: string, headers: Readonly<Record<string, string>> = { "content-type": "text/event-stream" }) {
  return ({ response }: Exchange): void => {
    response.writeHead(200, headers).flushHeaders();
    if (text !== "") response.write(text);
  };
}
