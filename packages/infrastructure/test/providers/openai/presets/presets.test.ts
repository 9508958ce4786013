import { readdirSync, readFileSync } from "node:fs";
import {
  assistantMessage,
  type ChatRequest,
  collect,
  type Json,
  type JsonObject,
  Secret,
  systemMessage,
  text,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openAICompatibleProviderFactory as factory, type OpenAICompatibleProviderTable } from "../../../../src/providers/openai/index.js";
import { presets } from "../../../../src/providers/openai/presets/index.js";
import { goodStream } from "../../../support/openai-server.js";
import { jsonCases, streamCases } from "../../../support/wire-cases.js";

/** A preset's request golden, and what each of its quirks rests on. */
interface Golden {
  readonly preset: string;
  readonly documentation: string;
  readonly quirks: readonly {
    readonly field: string;
    readonly source: string;
    readonly refusal?: { readonly status: number; readonly body: Json };
  }[];
  /** A recorded answer of the server, by its name in chat-streams.json or chat-json.json. */
  readonly recorded: string;
  readonly request: { readonly url: string; readonly authorization: string | null; readonly body: JsonObject };
}

const folder = new URL("../../../fixtures/presets/", import.meta.url);
const goldens: readonly Golden[] = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const call = {
  type: "tool-call",
  id: "call_9pw1qnYScqvGrCH58HWCvFH6",
  name: "weather",
  input: { city: "Oslo" },
  json: '{"city":"Oslo"}',
} as const;

/** A tool turn as OpenAI's API made it, about to go on elsewhere, with what most servers differ in. */
const conversation: ChatRequest = {
  messages: [
    systemMessage("Be brief."),
    userMessage([text("What is it like there?"), { type: "image", mediaType: "image/png", source: { base64: "iVBORw0KGgo=" } }]),
    assistantMessage([{ type: "reasoning", text: "That is Oslo." }, text("Let me look."), call]),
    toolMessage(toolResult(call, "12 °C")),
    assistantMessage([{ type: "refusal", text: "I would rather not say." }]),
    userMessage("Please."),
  ],
  tools: [{ name: "weather", inputSchema: { type: "object", properties: { city: { type: "string" } } } }],
  maxOutputTokens: 100,
  temperature: 0.5,
};

function provide(table: OpenAICompatibleProviderTable) {
  const secret = (reference: string) => new Secret(`the-secret-of-${reference}`);
  const provider = (): never => {
    throw new Error("There is no other provider.");
  };
  return factory.create(table, { name: "work", secret, provider });
}
/** Answers any request, and keeps what was asked. */
function serve(status = 200, answer: string = goodStream) {
  const asked: Golden["request"][] = [];
  server.use(
    http.post("*/chat/completions", async ({ request }) => {
      const body: JsonObject = JSON.parse(await request.text());
      asked.push({ url: request.url, authorization: request.headers.get("authorization"), body });
      return new HttpResponse(answer, { status, headers: { "content-type": status === 200 ? "text/event-stream" : "application/json" } });
    }),
  );
  return asked;
}
/** The conversation, with a seed where the server takes one. */
function askable(preset: string): ChatRequest {
  return presets.get(preset)?.unsupported?.includes("seed") === true ? conversation : { ...conversation, seed: 7 };
}

test("every preset has its golden", () => {
  expect(goldens.map(({ preset }) => preset).toSorted()).toEqual([...presets.keys()].toSorted());
});

describe.each(goldens)("the preset $preset", ({ preset, documentation, quirks, recorded, request }) => {
  test("asks as its golden says", async () => {
    const asked = serve();
    await collect(provide({ preset, model: "some-model" }).stream(askable(preset)));
    expect(asked).toEqual([request]);
  });

  test("claims no quirk without a source", () => {
    const { baseUrl: _baseUrl, keyVariable: _keyVariable, model: _model, documentation: page, ...claims } = presets.get(preset) ?? {};
    expect(quirks.map(({ field }) => field).toSorted()).toEqual(Object.keys(claims).toSorted());
    expect(quirks.every(({ source }) => source !== "")).toBe(true);
    expect(page).toBe(documentation);
  });

  test("is of a server whose answers are recorded", () => {
    const found = [...streamCases, ...jsonCases].find(({ name }) => name === recorded);
    expect(found?.source).toMatch(/github\.com/u);
  });
});

const refusals = goldens.flatMap(({ preset, quirks }) =>
  quirks.flatMap(({ field, refusal }) => (refusal === undefined ? [] : [{ preset, field, ...refusal }])),
);

test.each(refusals)("$preset's refusal that $field avoids would be told as a mistake in the request", async ({ preset, status, body }) => {
  serve(status, JSON.stringify(body));
  await expect(collect(provide({ preset, model: "m" }).stream({ messages: [userMessage("hi")] }))).rejects.toMatchObject({
    code: "invalid-request",
    retryable: false,
  });
});

describe("what a table says itself goes before its preset", () => {
  test("field by field", async () => {
    const asked = serve();
    const table = { preset: "mistral", model: "m", seedField: "seed", toolCallIds: "any", apiKey: "file:key" } as const;
    await collect(provide({ ...table, unsupported: [] }).stream({ ...conversation, seed: 7, providerOptions: { openai: { user: "u" } } }));
    expect(asked[0]).toMatchObject({ authorization: "Bearer the-secret-of-file:key", body: { seed: 7, user: "u", max_tokens: 100 } });
    expect(asked[0]?.body).not.toHaveProperty("stream_options");
    expect(JSON.stringify(asked[0]?.body)).toContain(call.id);
  });

  test("and another address does not get the preset's key", async () => {
    const asked = serve();
    await collect(provide({ preset: "groq", baseUrl: "https://proxy.example/v1" }).stream({ messages: [userMessage("hi")] }));
    expect(asked[0]).toMatchObject({ url: "https://proxy.example/v1/chat/completions", authorization: null });
  });
});

describe("what a server does not take", () => {
  test.each([
    ["deepseek", { seed: 7 }, /does not take the parameter seed/u],
    ["deepseek", { output: { name: "o", schema: { type: "object" } } }, /does not take an answer by a schema/u],
    ["groq", { providerOptions: { openai: { logitBias: { "1": 1 } } } }, /does not take the parameter logit_bias/u],
    ["mistral", { providerOptions: { openai: { store: true } } }, /does not take the parameter store/u],
  ] as const)("fails with unsupported before anything is sent: %s, %j", async (preset, changes, message) => {
    const asked = serve();
    const answer = collect(provide({ preset, model: "m" }).stream({ messages: [userMessage("hi")], ...changes }));
    await expect(answer).rejects.toMatchObject({ code: "unsupported", message: expect.stringMatching(message) });
    expect(asked).toEqual([]);
  });

  test("is no capability of the provider", () => {
    const can = (preset: string) => provide({ preset, model: "m" }).capabilities;
    expect([can("deepseek").has("seed"), can("deepseek").has("structured-output"), can("groq").has("seed")]).toEqual([false, false, true]);
  });
});

describe("a preset in a table", () => {
  test.each([
    ["grok", 'preset: Unknown preset. Did you mean "groq"?'],
    ["acme-cloud", expect.stringMatching(/^preset: Unknown preset\. Known: cerebras, deepseek, groq, /u)],
  ])("%s is told with what there is", async (preset, problem) => {
    const result = await factory.configSchema["~standard"].validate({ preset, model: "m" });
    expect(result.issues?.map(({ message, path }) => `${path?.map(String).join(".")}: ${message}`)).toContainEqual(problem);
  });
});
