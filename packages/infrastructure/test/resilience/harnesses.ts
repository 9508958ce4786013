import type { ChatProvider } from "@chatport/domain";
import type { ChatProviderHarness } from "@chatport/domain/testing";
import { createOpenAIProvider } from "../../src/providers/openai/index.js";
import { scriptedHarness, startScriptedOpenAIServer } from "../../src/testing/index.js";

/** What the contract suite cannot ask of a provider without a key. */
export const keyless = { secrets: "the provider that it is tried with has no key and no server that could echo one" };

/** Several providers have several lists, so that ids tell whose they are. */
export const prefixed = { "models/listed": "ids begin with their provider's name; the decorator's own tests show it" };

/** Of several providers one may fail to list. */
export const oneOfSeveral = {
  ...prefixed,
  "models/error": "a member that cannot list is left out where another can; the decorator's own tests show it",
  "secrets/models": "a member that cannot list is left out where another can, and its error is told to onAttempt",
};

/** The contract's harness over the OpenAI adapter, which makes one attempt, and its scripted server, behind a decorator. */
export function overOpenAI(wrap: (provider: ChatProvider) => ChatProvider): ChatProviderHarness {
  return scriptedHarness({
    start: startScriptedOpenAIServer,
    provider: (baseUrl, apiKey) => wrap(createOpenAIProvider({ model: "scripted-model", apiKey, baseUrl, retry: false })),
  });
}
