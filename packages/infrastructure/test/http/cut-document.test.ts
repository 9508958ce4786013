import type { ChatProvider } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createAnthropicProvider } from "../../src/providers/anthropic/index.js";
import { createGeminiProvider } from "../../src/providers/gemini/index.js";
import { createOpenAIProvider, createOpenAIResponsesProvider } from "../../src/providers/openai/index.js";
import { withRetry } from "../../src/resilience/index.js";
import { expectLawful } from "../support/answer-rules.js";
import { observe } from "../support/observed-answer.js";
import { request } from "../resilience/scripted-provider.js";

type Made = (fetch: () => Promise<Response>) => ChatProvider;

const shared = { model: "m", apiKey: "key-1234567890", retry: false } as const;
const adapters: Readonly<Record<string, Made>> = {
  openai: (fetch) => createOpenAIProvider({ ...shared, fetch }),
  responses: (fetch) => createOpenAIResponsesProvider({ ...shared, fetch }),
  anthropic: (fetch) => createAnthropicProvider({ ...shared, fetch }),
  gemini: (fetch) => createGeminiProvider({ ...shared, fetch }),
};
const answering = (make: Made, body: string): ChatProvider => make(() => Promise.resolve(new Response(body)));

describe.each(Object.entries(adapters))("a document in place of the stream: %s", (_name, make) => {
  test.each(['{"id":"1","model":"m","con', "[", "[{", '[{"error":{"mess', '{"a":1,'])("%s is an answer that was cut off", async (body) => {
    const seen = await observe(answering(make, body).stream(request));
    expectLawful(seen);
    expect(seen.events).toEqual([]);
    expect(seen.exception).toMatchObject({ code: "truncated", retryable: true });
  });

  test("an error in it that came whole is the server's own", async () => {
    const { exception } = await observe(answering(make, '{"error":{"message":"Slow down.","code":429,"status":429}}').stream(request));
    expect(exception?.message).toContain("Slow down.");
  });

  test.each(["<html><title>Sign in</title>", "{{ template", "[error] upstream timed out", '{"a":1} {"b":'])(
    "%s was never an answer",
    async (body) => {
      const { exception } = await observe(answering(make, body).stream(request));
      expect(exception).toMatchObject({ code: "malformed", retryable: true });
    },
  );

  test("a list of models that was cut off is told as that, and another page as none", async () => {
    const listing = (body: string) => Promise.resolve(answering(make, body).listModels?.());
    await expect(listing('{"data":[{"id":"a"},{"i')).rejects.toMatchObject({ code: "truncated", retryable: true });
    await expect(listing("<html>no</html>")).rejects.toMatchObject({ code: "malformed" });
  });

  test("one that was cut off is asked for again", async () => {
    let requests = 0;
    const provider = make(() => {
      requests++;
      return Promise.resolve(new Response('{"id":"1"'));
    });
    await observe(withRetry(provider, { baseDelayMs: 0, maxDelayMs: 0 }).stream(request));
    expect(requests).toBe(3);
  });
});
