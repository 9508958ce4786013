import { readdirSync, readFileSync } from "node:fs";
import { createParser } from "eventsource-parser";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chatCompletionChunkSchema,
  chatCompletionRequestSchema,
  chatCompletionResponseSchema,
  errorBodySchema,
  modelListSchema,
} from "../../../src/providers/openai/models.js";
import { openAIComplaints, openAIProperties } from "./openai-schema.js";
import { wholeRequest } from "./whole-request.js";

interface WireCase {
  readonly name: string;
  readonly sse?: string;
  readonly body?: string;
}

const fixture = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8");
const streams: readonly WireCase[] = JSON.parse(fixture("chat-streams.json"));
const answers: readonly WireCase[] = JSON.parse(fixture("chat-json.json"));
const transcripts = readdirSync(new URL("../../fixtures/llama-server", import.meta.url))
  .filter((name) => /chat|json|tool|reasoning/u.test(name) && name.endsWith(".response.txt"))
  .map((name) => ({
    name,
    body: fixture(`llama-server/${name}`)
      .split(/\r?\n\r?\n/u)
      .slice(1)
      .join("\n\n"),
  }));

/** The JSON objects of a stream's events; what is no object, or reports an error, is not a chunk. */
function chunksOf(sse: string): readonly object[] {
  const chunks: object[] = [];
  const parser = createParser({
    onEvent: ({ data, event }) => {
      const value: unknown = data.startsWith("{") && event !== "error" ? safely(data) : undefined;
      if (typeof value === "object" && value !== null && !("error" in value)) chunks.push(value);
    },
  });
  parser.feed(`${sse}\n\n`);
  return chunks;
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issuesOf(schema: typeof chatCompletionChunkSchema, value: unknown) {
  return schema.safeParse(value).error?.issues ?? [];
}

describe("what servers answer", () => {
  test.each(streams.filter(({ sse = "" }) => chunksOf(sse).length > 0))("every chunk of $name is read", ({ sse = "" }) => {
    for (const chunk of chunksOf(sse)) expect(issuesOf(chatCompletionChunkSchema, chunk)).toEqual([]);
  });

  test("the recorded streams hold more than 600 chunks, so that the test above says something", () => {
    expect(streams.flatMap(({ sse = "" }) => chunksOf(sse)).length).toBeGreaterThan(600);
  });

  test.each(answers)("the whole answer $name is read", ({ body = "" }) => {
    expect(issuesOf(chatCompletionResponseSchema, JSON.parse(body))).toEqual([]);
  });

  test("llama-server's streams and whole answers are read", () => {
    const bodies = transcripts.flatMap(({ body }) => (body.startsWith("data:") ? chunksOf(body) : [safely(body)]));
    const chat = bodies.filter((body): body is object => typeof body === "object" && body !== null && "choices" in body);
    expect(chat.length).toBeGreaterThan(100);
    for (const body of chat) expect(issuesOf(chatCompletionChunkSchema, body)).toEqual([]);
  });

  test("keeps fields that nobody knows", () => {
    const chunk = { choices: [{ delta: { content: "a", p: "xx" }, token_ids: [1] }], timings: { n: 1 } };
    expect(chatCompletionChunkSchema.parse(chunk)).toEqual(chunk);
  });

  const delta = (fields: object) => ({ choices: [{ delta: fields }] });
  const call = (fields: object) => delta({ tool_calls: [fields] });

  test.each([
    ["nothing at all", {}],
    ["null choices", { choices: null, usage: null, id: null, model: null, created: null }],
    ["a choice of nulls", { choices: [{ index: null, delta: null, message: null, finish_reason: null, logprobs: null }] }],
    [
      "a delta of nulls",
      delta({ role: null, content: null, refusal: null, tool_calls: null, function_call: null, reasoning: null, audio: null }),
    ],
    ["a numeric id and a fractional time", { id: 17, created: 1751000000.25 }],
    ["an empty finish reason", { choices: [{ finish_reason: "", delta: {} }] }],
    ["a call of nulls", call({ index: null, id: null, type: null, function: { name: null, arguments: null } })],
    ["a call without an index", call({ id: "a", function: { name: "f" } })],
    ["a call without a function", call({ index: 0, function: null })],
    ["arguments as an object", call({ function: { name: "f", arguments: { city: "Oslo" } } })],
    [
      "a content of parts",
      delta({
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "hm" }] },
          { type: "text", text: "a" },
        ],
      }),
    ],
    ["a content part of an unknown kind", delta({ content: [{ type: "reference", reference_ids: [1] }] })],
    ["usage with nulls", { usage: { prompt_tokens: 1, completion_tokens: null, prompt_tokens_details: null } }],
    ["Groq's usage", { x_groq: { id: "req", usage: { prompt_tokens: 1 } } }],
    ["odd values where nothing is read", { object: 5, system_fingerprint: {}, service_tier: [] }],
  ])("%s is read", (_what, chunk) => {
    expect(issuesOf(chatCompletionChunkSchema, chunk)).toEqual([]);
  });

  test.each([
    ["a number as content", delta({ content: 5 })],
    ["a number in content", delta({ content: [5] })],
    ["an object as content", delta({ content: { text: "a" } })],
    ["a number as a part's text", delta({ content: [{ type: "text", text: 5 }] })],
    ["a boolean as reasoning", delta({ reasoning_content: true })],
    ["a list as refusal", delta({ refusal: [] })],
    ["a number as arguments", call({ index: 0, function: { arguments: 5 } })],
    ["a number as a tool's name", call({ index: 0, function: { name: 5 } })],
    ["a text as an index", call({ index: "first" })],
    ["a text as tool calls", delta({ tool_calls: "none" })],
    ["a number as finish reason", { choices: [{ finish_reason: 1 }] }],
    ["an object as choices", { choices: {} }],
    ["a text as a choice", { choices: ["a"] }],
    ["a text as a delta", { choices: [{ delta: "a" }] }],
    ["a text as a count of tokens", { usage: { prompt_tokens: "7" } }],
    ["a list", []],
    ["a text", "a"],
    ["null", null],
  ])("%s is refused", (_what, chunk) => {
    expect(issuesOf(chatCompletionChunkSchema, chunk)).not.toEqual([]);
  });
});

describe("a request", () => {
  test("may hold every parameter that OpenAI documents, and no other", () => {
    expect(Object.keys(chatCompletionRequestSchema.shape).toSorted()).toEqual(openAIProperties("CreateChatCompletionRequest").toSorted());
  });

  test("with all of them and every kind of message is valid, to OpenAI too", () => {
    expect(Object.keys(wholeRequest).toSorted()).toEqual(Object.keys(chatCompletionRequestSchema.shape).toSorted());
    expect(chatCompletionRequestSchema.safeParse(wholeRequest).error?.issues).toBeUndefined();
    expect(openAIComplaints("CreateChatCompletionRequest", wholeRequest)).toEqual([]);
  });

  test("that the model accepts is one that OpenAI's schema accepts, whatever is changed in it", () => {
    const paths = pathsOf(wholeRequest);
    const replacement = fc.oneof(
      fc.constantFrom<unknown>(null, "", "text", "auto", 0, -1, 1.5, 1e6, true, [], {}, ["a"], { type: "text" }, { role: "user" }),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(...paths).map((path) => at(wholeRequest, path)),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), replacement, (path, value) => {
        const changed = changedAt(wholeRequest, path, value);
        if (!chatCompletionRequestSchema.safeParse(changed).success) return;
        accepted += 1;
        expect(openAIComplaints("CreateChatCompletionRequest", changed)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test.each([
    ["an unknown parameter", { top_k: 40 }],
    ["no model", { model: undefined }],
    ["an empty model", { model: "" }],
    ["no messages", { messages: [] }],
    ["an unknown role", { messages: [{ role: "oracle", content: "hi" }] }],
    ["an unknown field of a message", { messages: [{ role: "user", content: "hi", id: 1 }] }],
    ["an unknown part", { messages: [{ role: "user", content: [{ type: "video_url", video_url: { url: "x" } }] }] }],
    ["a user message of no parts", { messages: [{ role: "user", content: [] }] }],
    ["a tool result without its call", { messages: [{ role: "tool", content: "12" }] }],
    [
      "arguments as an object",
      { messages: [{ role: "assistant", tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: {} } }] }] },
    ],
    ["a tool without a name", { tools: [{ type: "function", function: {} }] }],
    ["a choice of an unknown kind", { tool_choice: "any" }],
    ["five stop sequences", { stop: ["a", "b", "c", "d", "e"] }],
    ["a temperature above 2", { temperature: 2.5 }],
    ["no tokens at all", { max_completion_tokens: 0 }],
    ["a fraction of a token", { max_tokens: 0.5 }],
    ["129 answers", { n: 129 }],
    ["21 log probabilities", { top_logprobs: 21 }],
    ["an unknown effort", { reasoning_effort: "extreme" }],
    ["metadata that is no text", { metadata: { a: 1 } }],
    ["an unknown stream option", { stream_options: { usage: true } }],
  ])("with %s is refused", (_what, change) => {
    expect(chatCompletionRequestSchema.safeParse({ ...wholeRequest, ...change }).success).toBe(false);
  });

  test("may echo fields of a call and of an answer that only their server knows", () => {
    const messages = [
      {
        role: "assistant",
        content: null,
        reasoning_details: [{ type: "reasoning.encrypted", data: "c2ln" }],
        tool_calls: [
          { id: "a", type: "function", function: { name: "f", arguments: "{}" }, extra_content: { google: { thought_signature: "c2ln" } } },
        ],
      },
    ];
    expect(chatCompletionRequestSchema.parse({ model: "m", messages }).messages).toEqual(messages);
  });
});

describe("error bodies and model lists", () => {
  test.each([
    { error: { message: "No.", type: "invalid_request_error", param: null, code: null } },
    { error: { message: "No.", code: 400, n_ctx: 512 } },
    { error: "No." },
  ])("an error is read: %j", (body) => {
    expect(errorBodySchema.parse(body)).toEqual(body);
  });

  test("a body without an error is none", () => {
    expect(errorBodySchema.safeParse({ choices: [] }).success).toBe(false);
  });

  test("OpenAI's list of models and a bare array are read alike", () => {
    const models = [{ id: "a", created: 1, owned_by: "openai" }, { id: "b" }];
    expect(modelListSchema.parse({ object: "list", data: models }).data).toEqual(models);
    expect(modelListSchema.parse(models).data).toEqual(models);
    expect(modelListSchema.safeParse({ data: [{ name: "a" }] }).success).toBe(false);
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [...(path.length > 0 ? [path] : []), ...below.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

// oxlint-disable-next-line typescript/no-explicit-any -- a path leads through values of every shape
function at(value: any, path: Path): any {
  return path.reduce((inner, key) => inner[key], value);
}

function changedAt(value: unknown, path: Path, replacement: unknown): unknown {
  const copy = structuredClone(value);
  at(copy, path.slice(0, -1))[path.at(-1) ?? ""] = replacement;
  return copy;
}
