import { Secret } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { azureOpenAIProviderFactory } from "../../../../src/providers/openai/index.js";

const own = { endpoint: "https://my-resource.openai.azure.com", model: "my-deployment" };

function dependencies() {
  const secret = vi.fn<(reference: string) => Secret>(() => new Secret("a-key"));
  const provider = (): never => {
    throw new Error("There is no other provider.");
  };
  return { name: "work", secret, provider };
}

function askedFor(table: Parameters<typeof azureOpenAIProviderFactory.create>[0]): readonly string[] {
  const asked = dependencies();
  expect(azureOpenAIProviderFactory.create(table, asked)).toMatchObject({ name: "work", vendor: "openai" });
  return asked.secret.mock.calls.map(([reference]) => reference);
}

describe("the azure-openai type of the configuration", () => {
  test.each([
    ["https://my-resource.openai.azure.com"],
    ["https://my-resource.cognitiveservices.azure.com"],
    ["https://my-resource.services.ai.azure.com"],
    ["https://my-resource.openai.azure.us"],
  ])("sends the usual key to %s, which is Azure's own", (endpoint) => {
    expect(askedFor({ ...own, endpoint })).toEqual(["env:AZURE_OPENAI_API_KEY"]);
  });

  test.each([
    ["http://127.0.0.1:8080"],
    ["http://my-resource.openai.azure.com"],
    ["https://my-resource.openai.azure.com.example"],
    ["https://openai.azure.com"],
    ["https://gateway.azure-api.net"],
  ])("does not send it to %s", (endpoint) => {
    const asked = dependencies();
    expect(() => azureOpenAIProviderFactory.create({ ...own, endpoint }, asked)).toThrow(/^Set apiKey/u);
    expect(asked.secret).not.toHaveBeenCalled();
  });

  test("takes the key or the token that the table names, and then no other", () => {
    expect(askedFor({ ...own, apiKey: "file:key" })).toEqual(["file:key"]);
    expect(askedFor({ ...own, token: 'command:["az","account","get-access-token"]' })).toEqual([
      'command:["az","account","get-access-token"]',
    ]);
    expect(askedFor({ endpoint: "http://127.0.0.1:8080", model: "m", token: "env:TOKEN" })).toEqual(["env:TOKEN"]);
  });
});
