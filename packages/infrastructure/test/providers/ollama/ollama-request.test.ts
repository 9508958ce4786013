import { assistantMessage, type ChatRequest, systemMessage, text, toolMessage, toolResult, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { chatRequestSchema, type OllamaRequest, type RequestMapping, toOllamaRequest } from "../../../src/providers/ollama/index.js";
import { refusalOf } from "../../support/refusal.js";
import { call, image, weather } from "../../support/sample-parts.js";

const mapping: RequestMapping = { provider: "local", model: "llama3.2", stream: true };
const hi = [userMessage("hi")];
const tools = [weather];

function map(asked: Partial<ChatRequest>, more: Partial<RequestMapping> = {}): OllamaRequest {
  const mapped = toOllamaRequest({ messages: hi, ...asked }, { ...mapping, ...more });
  // Whatever is asked, the request is one that the API describes.
  expect(() => chatRequestSchema.parse(mapped.request)).not.toThrow();
  return mapped;
}

describe("a request to Ollama", () => {
  test("says the model, the messages and whether to stream, and nothing that was not asked", () => {
    expect(map({}).request).toEqual({ model: "llama3.2", messages: [{ role: "user", content: "hi" }], stream: true });
    expect(map({ model: "qwen3:8b" }, { stream: false }).request).toMatchObject({ model: "qwen3:8b", stream: false });
  });

  test("says sampling, limits and reasoning in Ollama's words", () => {
    const asked = {
      maxOutputTokens: 64,
      temperature: 2.5,
      topP: 0.9,
      seed: 7,
      stopSequences: ["a", "b", "c", "d", "e"],
      reasoning: "high",
    } as const;
    expect(map(asked).request).toMatchObject({
      think: "high",
      options: { num_predict: 64, temperature: 2.5, top_p: 0.9, seed: 7, stop: ["a", "b", "c", "d", "e"] },
    });
    expect(map({ reasoning: "none" }).request.think).toBe(false);
  });

  test("takes a schema as its format", () => {
    const schema = { type: "object", properties: { age: { type: "integer" } } };
    expect(map({ output: { name: "person", schema } }).request.format).toEqual(schema);
  });

  test("declares tools, and leaves them out when none is to be called", () => {
    expect(map({ tools, toolChoice: "auto" }).request.tools).toEqual([
      { type: "function", function: { name: "weather", description: "Tells the weather.", parameters: weather.inputSchema } },
    ]);
    expect(map({ tools, toolChoice: "none" }).request).not.toHaveProperty("tools");
  });

  test("takes the provider's own settings, and the call's before them", () => {
    const settings = { keepAlive: "10m", numCtx: 8192 };
    expect(map({}, settings).request).toMatchObject({ keep_alive: "10m", options: { num_ctx: 8192 } });
    expect(map({ providerOptions: { ollama: { keepAlive: -1, numCtx: 4096 } } }, settings).request).toMatchObject({
      keep_alive: -1,
      options: { num_ctx: 4096 },
    });
  });

  test("takes Ollama's own options by their names in camelCase, and extraBody apart", () => {
    const ollama = {
      topK: 20,
      minP: 0.05,
      repeatPenalty: 1.1,
      mirostatTau: 5,
      useMmap: true,
      f16Kv: false,
      think: true,
      logprobs: true,
      topLogprobs: 2,
    };
    const { request, extraBody } = map({
      reasoning: "low",
      providerOptions: { ollama: { ...ollama, extraBody: { shift: false } }, openai: { n: 3 } },
    });
    expect(request).toMatchObject({
      think: true,
      logprobs: true,
      top_logprobs: 2,
      options: { top_k: 20, min_p: 0.05, repeat_penalty: 1.1, mirostat_tau: 5, use_mmap: true, f16_kv: false },
    });
    expect(extraBody).toEqual({ shift: false });
    expect(map({ providerOptions: { ollama: { format: "json" } } }).request.format).toBe("json");
  });
});

describe("a conversation", () => {
  test("keeps system messages where they stand, and joins texts", () => {
    const messages = [
      systemMessage("Be brief."),
      userMessage([text("one"), text("two")]),
      assistantMessage("ok"),
      systemMessage("Now rhyme."),
      userMessage("go"),
    ];
    expect(map({ messages }).request.messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "one\ntwo" },
      { role: "assistant", content: "ok" },
      { role: "system", content: "Now rhyme." },
      { role: "user", content: "go" },
    ]);
  });

  test("carries images beside the text, from base64, a data URL or an image file", () => {
    const dataUrl = { ...image, source: { url: "data:image/png;base64,QUJD" } };
    const file = { type: "file", mediaType: "image/jpeg", source: { base64: "REVG" } } as const;
    expect(map({ messages: [userMessage([text("What?"), image, dataUrl, file])] }).request.messages).toEqual([
      { role: "user", content: "What?", images: ["iVBORw0KGgo=", "QUJD", "REVG"] },
    ]);
  });

  test("tells calls and their results, failed ones and those with images", () => {
    const messages = [
      userMessage("weather?"),
      assistantMessage([{ type: "reasoning", text: "I should look." }, text("Looking."), call, { ...call, id: "call_2" }]),
      toolMessage(toolResult(call, [text("sunny"), image]), toolResult({ ...call, id: "call_2" }, "no such city", true)),
    ];
    expect(map({ messages, tools }).request.messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: "Looking.",
        thinking: "I should look.",
        tool_calls: [
          { id: "call_1", function: { name: "weather", arguments: { city: "Oslo" } } },
          { id: "call_2", function: { name: "weather", arguments: { city: "Oslo" } } },
        ],
      },
      { role: "tool", content: "sunny", tool_name: "weather", tool_call_id: "call_1", images: ["iVBORw0KGgo="] },
      { role: "tool", content: "Error: no such city", tool_name: "weather", tool_call_id: "call_2" },
    ]);
  });

  test.each([
    ["no such city", "Error: no such city"],
    ["Error: no such city", "Error: no such city"],
    ["\n  error 404", "\n  error 404"],
    ["Errors are rare", "Error: Errors are rare"],
    ["", "Error"],
  ])("tells by its text that a tool has failed, and says it once: %j", (said, content) => {
    const messages = [assistantMessage([call]), toolMessage(toolResult(call, said, true))];
    expect(map({ messages, tools }).request.messages[1]).toMatchObject({ role: "tool", content });
  });

  test("says a refusal as text, and leaves out invalid calls, their results and answers of which nothing is left", () => {
    const broken = { type: "invalid-tool-call", id: "call_9", name: "weather", json: "{" } as const;
    const messages = [
      userMessage("a"),
      assistantMessage([broken]),
      toolMessage(toolResult(broken, "?")),
      assistantMessage([{ type: "refusal", text: "No." }]),
      userMessage("b"),
    ];
    expect(map({ messages }).request.messages).toEqual([
      { role: "user", content: "a" },
      { role: "assistant", content: "No." },
      { role: "user", content: "b" },
    ]);
  });

  test("sends arguments that are no object as a field of one", () => {
    const messages = [...hi, assistantMessage([{ ...call, input: [1], json: "[1]" }])];
    expect(map({ messages }).request.messages[1]).toMatchObject({ tool_calls: [{ function: { arguments: { arguments: [1] } } }] });
  });

  test("gives its own state back to the server that made it, and to no other", () => {
    const own = { ...call, providerMetadata: { ollama: { signature: "c2ln", origin: "http://127.0.0.1:11434" } } };
    const images = {
      type: "provider",
      vendor: "ollama",
      data: { images: ["QUJD"] },
      providerMetadata: { ollama: { origin: "http://127.0.0.1:11434" } },
    } as const;
    const messages = [...hi, assistantMessage([own, images])];
    expect(map({ messages }).request.messages[1]).toMatchObject({ tool_calls: [{ id: "call_1", signature: "c2ln" }], images: ["QUJD"] });
    const elsewhere = JSON.stringify(map({ messages }, { baseUrl: "https://ollama.com" }).request);
    expect(elsewhere).not.toContain("c2ln");
    expect(elsewhere).not.toContain("QUJD");
  });
});

describe("what cannot be said is refused before anything is sent", () => {
  test.each<[string, Partial<ChatRequest>, string, RegExp]>([
    [
      "an image by URL",
      { messages: [userMessage([{ ...image, source: { url: "https://example.com/a.png" } }])] },
      "unsupported",
      /messages\[0\]\.content\[0\] is an image by URL/u,
    ],
    [
      "a file",
      { messages: [userMessage([{ type: "file", mediaType: "application/pdf", source: { base64: "JVBE" } }])] },
      "unsupported",
      /is a file \(application\/pdf\)/u,
    ],
    ["a required call", { tools, toolChoice: "required" }, "unsupported", /toolChoice requires a tool call/u],
    ["a named tool", { tools, toolChoice: { tool: "weather" } }, "unsupported", /toolChoice requires a tool call/u],
    ["a required call without tools", { toolChoice: "required" }, "invalid-request", /declares no tools/u],
    ["no messages", { messages: [] }, "invalid-request", /messages is empty/u],
    ["no tokens", { maxOutputTokens: 0 }, "invalid-request", /maxOutputTokens must be a whole number of at least 1, not 0/u],
    ["a temperature below zero", { temperature: -1 }, "invalid-request", /temperature must be a number of at least 0, not -1/u],
    ["no temperature at all", { temperature: Number.NaN }, "invalid-request", /temperature must be/u],
    ["a top-p above one", { topP: 1.1 }, "invalid-request", /topP must be a number from 0 to 1/u],
    ["a broken seed", { seed: 1.5 }, "invalid-request", /seed must be a whole number, not 1\.5/u],
    [
      "two formats",
      { output: { name: "a", schema: {} }, providerOptions: { ollama: { format: "json" } } },
      "invalid-request",
      /set one of them/u,
    ],
    [
      "an option in the wire's spelling",
      { providerOptions: { ollama: { num_ctx: 1 } } },
      "unsupported",
      /num_ctx is not known\. Did you mean numCtx\?/u,
    ],
    ["an unknown option", { providerOptions: { ollama: { sparkle: 1 } } }, "unsupported", /sparkle is not known\. Known: .*extraBody/u],
    [
      "an option of the wrong kind",
      { providerOptions: { ollama: { numCtx: "8k" } } },
      "invalid-request",
      /^providerOptions\.ollama\.numCtx: /u,
    ],
  ])("%s", (_what, asked, code, words) => {
    const refusal = refusalOf(() => map(asked));
    expect(refusal).toEqual({ code, provider: "local", message: expect.stringMatching(words) });
  });
});
