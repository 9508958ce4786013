import { inspect } from "node:util";
import type { ChatProvider } from "@chatport/domain";
import { type ChatProviderHarness, FakeChatProvider } from "@chatport/domain/testing";
import { createOpenAIProvider } from "../../src/providers/openai/index.js";
import { startScriptedOpenAIServer } from "../../src/testing/index.js";

/** What the contract suite cannot ask of a provider without a key. */
export const keyless = { secrets: "the provider that it is tried with has no key and no server that could echo one" };

/** Several providers have several lists, so that ids tell whose they are. */
export const prefixed = { "models/listed": "ids begin with their provider's name; the decorator's own tests show it" };

/** The contract's harness over FakeChatProvider, behind a decorator. */
export function overFake(wrap: (provider: ChatProvider) => ChatProvider): ChatProviderHarness {
  return {
    start: (script) => {
      const models = script.models?.map((id) => ({ id }));
      const fake = new FakeChatProvider(script, models ? { models } : {});
      return Promise.resolve({
        provider: wrap(fake),
        get released() {
          return Promise.all(fake.calls.map((call) => call.released)).then(() => {});
        },
        requests: () => fake.calls.length,
      });
    },
  };
}

/** The contract's harness over the OpenAI adapter, which makes one attempt, and its scripted server, behind a decorator. */
export function overOpenAI(wrap: (provider: ChatProvider) => ChatProvider): ChatProviderHarness {
  const secret = "sk-test-canary-5e1f8a90c3";
  return {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await startScriptedOpenAIServer(script, { secret });
      const bare = createOpenAIProvider({ model: "scripted-model", apiKey: secret, baseUrl: server.baseUrl, retry: false });
      return {
        provider: wrap(bare),
        released: server.released,
        requests: () => server.requests(),
        close: () => server.close(),
      };
    },
  };
}
