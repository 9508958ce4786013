import { type ChatProvider, complete, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { createOpenAIProvider } from "../../src/providers/openai/index.js";
import { withFallback, withRetry } from "../../src/resilience/index.js";

const silent = createOpenAIProvider({ model: "m", retry: false, fetch: () => Promise.withResolvers<Response>().promise });
const ask = (provider: ChatProvider, totalMs: number) =>
  complete(provider, { messages: [userMessage("hi")] }, { deadlines: { totalMs } }).catch((error: unknown) => error);

const decorated: readonly (readonly [string, ChatProvider])[] = [
  ["withRetry", withRetry(silent)],
  ["withFallback", withFallback([silent])],
  ["a stack of both", withFallback([withRetry(silent), withRetry(silent)])],
];

test.each(decorated)("a deadline that has passed before %s could begin is a deadline that has passed", async (_what, provider) => {
  expect(await ask(provider, 1e-6)).toMatchObject({ code: "timeout", phase: "total" });
});

test.each(decorated)("a deadline that was none is a mistake, also behind %s", async (_what, provider) => {
  expect(await ask(provider, 0)).toMatchObject({ code: "invalid-request" });
  expect(await ask(provider, -5)).toMatchObject({ code: "invalid-request" });
});

test.each(decorated)("a deadline that passed behind %s is told in whole milliseconds", async (_what, provider) => {
  expect(await ask(provider, 30)).toMatchObject({ message: expect.stringMatching(/within \d+ ms /u) });
});
