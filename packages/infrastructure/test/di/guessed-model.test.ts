import { complete, userMessage } from "@chatport/domain";
import { expect, onTestFinished, test } from "vitest";
import { compose } from "../../src/index.js";
import { startLoopbackServer } from "../../src/testing/index.js";
import { configFolders } from "../support/config-folders.js";

/** A server that lists one model and refuses all others, as vLLM does, and the models that it is asked for. */
async function serverOf(model: string) {
  const asked: unknown[] = [];
  const server = await startLoopbackServer(async ({ request, response, body }) => {
    const answer = (status: number, value: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    if (request.url === "/v1/models") return answer(200, { object: "list", data: [{ id: model, object: "model" }] });
    const { model: wanted }: { model: unknown } = JSON.parse(body);
    asked.push(wanted);
    if (wanted !== model) return answer(404, { error: { message: "The model does not exist.", code: "model_not_found" } });
    answer(200, { id: "1", model, choices: [{ index: 0, message: { role: "assistant", content: "hi" }, finish_reason: "stop" }] });
  });
  onTestFinished(() => server.close());
  return { baseUrl: `${server.origin}/v1`, asked };
}

async function ask(env: Readonly<Record<string, string>>) {
  await using folders = await configFolders();
  await using composition = compose(await folders.load({ env }));
  return await complete(composition.provider, { messages: [userMessage("hello")] });
}

test.each([
  ["with a key", { OPENAI_API_KEY: "k" }],
  ["without one", {}],
])("a server that OPENAI_BASE_URL names, %s, answers with the only model that it lists when none was chosen", async (_key, env) => {
  const { baseUrl, asked } = await serverOf("tiny");
  expect((await ask({ ...env, OPENAI_BASE_URL: baseUrl })).text).toBe("hi");
  expect(asked).toEqual(["gpt-5-mini", "tiny"]);
});

test("a model that was chosen does not give way to another", async () => {
  const { baseUrl, asked } = await serverOf("tiny");
  const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: baseUrl, CHATPORT_MODEL: "mine" };
  await expect(ask(env)).rejects.toMatchObject({ code: "not-found", status: 404 });
  expect(asked).toEqual(["mine"]);
});
