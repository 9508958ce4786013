import type { ChatProvider } from "@chatport/domain";
import { chatProviderContract } from "@chatport/domain/testing";
import { type AzureOpenAIConfig, createAzureOpenAIProvider } from "../../../../src/providers/openai/index.js";
import { scriptedHarness, startScriptedOpenAIResponsesServer, startScriptedOpenAIServer } from "../../../../src/testing/index.js";
import { forwardingFetch } from "../../../support/forwarding-fetch.js";

type Credentials = (secret: string) => Pick<AzureOpenAIConfig, "apiKey" | "token" | "apiVersion" | "api">;

/** Parts have state here, marked with the origin: one origin, or no two servers' answers would be the same. */
const over =
  (config: Credentials) =>
  (serverUrl: string, secret: string): ChatProvider =>
    createAzureOpenAIProvider({
      endpoint: "http://azure.test",
      model: "scripted-model",
      fetch: forwardingFetch(new URL(serverUrl).origin),
      retry: false,
      ...config(secret),
    });

chatProviderContract(
  "the Azure provider, v1 and a key",
  scriptedHarness({ start: startScriptedOpenAIServer, provider: over((apiKey) => ({ apiKey })) }),
);
chatProviderContract(
  "the Azure provider, a dated version and fresh tokens",
  scriptedHarness({
    start: startScriptedOpenAIServer,
    provider: over((secret) => ({ apiVersion: "2024-10-21", token: async () => secret })),
  }),
);
chatProviderContract(
  "the Azure provider, the Responses API and a key",
  scriptedHarness({ start: startScriptedOpenAIResponsesServer, provider: over((apiKey) => ({ api: "responses", apiKey })) }),
);
