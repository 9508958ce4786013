import { Secret } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { openAICompatibleProviderFactory, openAIProviderFactory } from "../../../src/providers/openai/index.js";

function dependencies() {
  const secret = vi.fn<(reference: string) => Secret>(() => new Secret("sk-test"));
  const provider = (): never => {
    throw new Error("There is no other provider.");
  };
  return { name: "work", secret, provider };
}

describe("the openai types of the configuration", () => {
  test("OpenAI's own API takes the usual key variable unless the table names another key", () => {
    const asked = dependencies();
    expect(openAIProviderFactory.create({ model: "m" }, asked)).toMatchObject({ name: "work", vendor: "openai" });
    openAIProviderFactory.create({ model: "m", apiKey: "file:key" }, asked);
    expect(asked.secret.mock.calls).toEqual([["env:OPENAI_API_KEY"], ["file:key"]]);
  });

  test("another address gets a key only when the table names one", () => {
    const asked = dependencies();
    openAIProviderFactory.create({ model: "m", baseUrl: "http://127.0.0.1:8080/v1" }, asked);
    openAICompatibleProviderFactory.create({ model: "m", baseUrl: "http://127.0.0.1:8080/v1", maxTokensField: "max_tokens" }, asked);
    expect(asked.secret).not.toHaveBeenCalled();
  });
});
