import { complete, Secret, userMessage } from "@chatport/domain";
import { startLoopbackServer } from "@chatport/infrastructure/testing";
import { expect, test } from "vitest";
import factory from "../src/index.js";

test("a table of the configuration becomes a provider of that name, which sends the key and the question", async () => {
  const taken: unknown[] = [];
  await using server = await startLoopbackServer(async ({ request, response, body }) => {
    taken.push(request.url, request.headers.authorization, JSON.parse(body));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ model: "echo-2", say: "hello", why: "done" }));
  });
  const config = await factory.configSchema["~standard"].validate({
    type: "echo-wire",
    baseUrl: `${server.origin}/v1/`,
    apiKey: "env:ECHO_KEY",
  });
  if (config.issues !== undefined) throw new Error(JSON.stringify(config.issues));
  const provider = factory.create(config.value, {
    name: "mirror",
    provider: () => expect.unreachable(),
    secret: (reference) => new Secret(`what ${reference} holds`.replaceAll(" ", "-")),
  });
  const answer = await complete(provider, {
    messages: [userMessage("hello?")],
    providerOptions: { "echo-wire": { extraBody: { loud: true } } },
  });
  expect(answer).toMatchObject({ text: "hello", model: "echo-2", finishReason: "stop" });
  expect(provider.name).toBe("mirror");
  expect(taken).toEqual([
    "/v1/speak",
    "Bearer what-env:ECHO_KEY-holds",
    { model: "echo-1", stream: false, lines: [{ from: "user", say: "hello?" }], loud: true },
  ]);
});

test.each([
  ["an address that is none", { baseUrl: "echo.example" }],
  ["a setting that there is not", { baseUrl: "https://echo.example", volume: 11 }],
  ["a key in place of its reference", { baseUrl: "https://echo.example", apiKey: "echo-123" }],
])("a table with %s is refused", async (_what, table) => {
  expect(await factory.configSchema["~standard"].validate({ type: "echo-wire", ...table })).toHaveProperty("issues");
});
