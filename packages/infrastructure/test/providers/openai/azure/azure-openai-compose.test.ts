import { userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { compose } from "../../../../src/index.js";
import { configFolders } from "../../../support/config-folders.js";
import { observe } from "../../../support/observed-answer.js";
import { goodStream, respond } from "../../../support/openai-server.js";
import { serveAzure } from "./azure-server.js";

const env = { AZURE_TOKEN: "token-of-the-environment", AZURE_OPENAI_API_KEY: "usual-key" };
const printed = JSON.stringify(`command:${JSON.stringify([process.execPath, "-p", "'printed-token'"])}`);

describe("an azure-openai table of a configuration file", () => {
  test.each([
    ["a token of the environment", 'token = "env:AZURE_TOKEN"', { authorization: "Bearer token-of-the-environment" }],
    ["a token in a file beside it", 'token = "file:azure.token"', { authorization: "Bearer token-of-a-file" }],
    ["a token that a program prints", `token = ${printed}`, { authorization: "Bearer printed-token" }],
    ["a key of the environment", 'apiKey = "env:AZURE_OPENAI_API_KEY"', { "api-key": "usual-key" }],
  ])("sends %s to its endpoint, for the deployment", async (_what, credentials, headers) => {
    await using served = await serveAzure(respond(goodStream));
    await using folders = await configFolders();
    await folders.file("azure.token", "token-of-a-file\n", 0o600);
    await folders.project(
      `[providers.azure]\ntype = "azure-openai"\nendpoint = "${served.endpoint}/"\nmodel = "mine"\napiVersion = "2024-10-21"\n${credentials}`,
    );
    await using chat = compose(await folders.load({ env }));
    const { end } = await observe(chat.provider.stream({ messages: [userMessage("hi")] }));
    expect(end).toMatchObject({ finishReason: "stop" });
    expect(served.exchanges[0]?.request).toMatchObject({
      url: "/openai/deployments/mine/chat/completions?api-version=2024-10-21",
      headers,
    });
  });

  test.each([
    ["a literal token", 'token = "eyJ-canary"', "providers.azure.token"],
    ["a token that is not set", 'token = "env:NOT_SET"', "providers.azure.token"],
    ["neither key nor token, for a server that is not Azure's", "", "providers.azure.apiKey"],
  ])("with %s is refused, naming the setting", async (_what, credentials, key) => {
    await using folders = await configFolders();
    await folders.project(`[providers.azure]\ntype = "azure-openai"\nendpoint = "http://127.0.0.1:9"\nmodel = "mine"\n${credentials}`);
    const configuration = await folders.load({ env });
    expect(() => compose(configuration)).toThrow(expect.objectContaining({ key }));
    expect(() => compose(configuration)).not.toThrow(/canary/u);
  });
});
