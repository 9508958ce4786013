import { assistantMessage, type ChatRequest, type JsonObject, systemMessage, toolMessage, toolResult, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import {
  anthropicHistoryRules,
  type MessagesRequest,
  messagesRequestSchema,
  type RequestMapping,
  toMessagesRequest,
} from "../../../src/providers/anthropic/index.js";
import { refusalOf } from "../../support/refusal.js";

const mapping: RequestMapping = {
  provider: "work",
  model: "claude-opus-5-5",
  systemMessages: "top",
  history: anthropicHistoryRules(),
  stream: false,
};
const origin = "https://api.anthropic.com";
const hi = { messages: [userMessage("hi")] };

/** The request, which must be one that the API's description allows. */
function mapped(asked: ChatRequest, settings: Partial<RequestMapping> = {}): MessagesRequest {
  const { request } = toMessagesRequest(asked, { ...mapping, ...settings });
  expect(messagesRequestSchema.safeParse(request)).toMatchObject({ success: true });
  return request;
}

function refused(asked: ChatRequest) {
  return refusalOf(() => toMessagesRequest(asked, mapping));
}

const option = (anthropic: JsonObject) => ({ ...hi, providerOptions: { anthropic } });

test("a plain question", () => {
  expect(mapped(hi)).toEqual({
    model: "claude-opus-5-5",
    max_tokens: 128_000,
    messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
  });
});

describe("max_tokens", () => {
  test("is the request's, else the configuration's", () => {
    expect(mapped({ ...hi, maxOutputTokens: 7 }, { maxOutputTokens: 9 }).max_tokens).toBe(7);
    expect(mapped(hi, { maxOutputTokens: 9 }).max_tokens).toBe(9);
  });

  test.each([
    ["claude-opus-5-5", 128_000],
    ["claude-sonnet-4-6", 128_000],
    ["a-model-of-tomorrow", 128_000],
    ["claude-opus-4-5-20251101", 64_000],
    ["claude-sonnet-4-5", 64_000],
    ["claude-haiku-4-5-20251001", 64_000],
    ["claude-sonnet-4-20250514", 64_000],
    ["claude-sonnet-4-0", 64_000],
    ["claude-opus-4-1-20250805", 32_000],
    ["claude-opus-4@20250514", 32_000],
    ["us.anthropic.claude-3-7-sonnet-20250219-v1:0", 64_000],
    ["claude-3-5-haiku-latest", 8_192],
    ["claude-3-opus-20240229", 4_096],
  ])("of %s is otherwise all that it can write: %i", (model, most) => {
    expect(mapped({ ...hi, model }).max_tokens).toBe(most);
  });

  test.each([0, 1.5, Number.NaN])("cannot be %d", (maxOutputTokens) => {
    expect(refused({ ...hi, maxOutputTokens })).toMatchObject({ code: "invalid-request" });
  });
});

describe("system messages", () => {
  const messages = [systemMessage("A"), userMessage("hi"), assistantMessage("yes?"), systemMessage("B"), userMessage("go on")];

  test("go to the top, in their order", () => {
    const { system, messages: turns } = mapped({ messages });
    expect(system).toEqual([
      { type: "text", text: "A" },
      { type: "text", text: "B" },
    ]);
    expect(turns.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });

  test("keep their place in mid-conversation when the provider is set to", () => {
    const { system, messages: turns } = mapped({ messages }, { systemMessages: "in-place" });
    expect(system).toEqual([{ type: "text", text: "A" }]);
    expect(turns.map(({ role }) => role)).toEqual(["user", "assistant", "system", "user"]);
  });
});

describe("a conversation", () => {
  test("of tools: results come first in the user's turn, with images and the error flag", () => {
    const call = { type: "tool-call", id: "toolu_1", name: "look", input: { at: 1 }, json: '{"at":1}' } as const;
    const other = { ...call, id: "call.with/odd:characters" };
    const { messages } = mapped({
      messages: [
        userMessage("hi"),
        assistantMessage([call, other]),
        toolMessage(toolResult(call, [{ type: "image", mediaType: "image/png", source: { base64: "iVBO" } }])),
        userMessage("and?"),
        toolMessage(toolResult(other, "no such place", true)),
      ],
    });
    const [, asked, results] = messages;
    const renamed = new Map(Object.entries(asked?.content[1] ?? {})).get("id");
    expect(renamed).toMatch(/^[a-zA-Z0-9_-]{1,64}$/u);
    expect(results).toEqual({
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: "toolu_1",
          content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "iVBO" } }],
        },
        { type: "tool_result", tool_use_id: renamed, content: [{ type: "text", text: "no such place" }], is_error: true },
        { type: "text", text: "and?" },
      ],
    });
  });

  test("of many messages of one role in a row is one turn, in which all results come first and the rest keeps its order", () => {
    const call = (id: string) => ({ type: "tool-call", id, name: "f", input: {}, json: "" }) as const;
    const { messages } = mapped({
      messages: [
        userMessage("hi"),
        assistantMessage([call("a"), call("b")]),
        userMessage("1"),
        toolMessage(toolResult(call("b"), "x")),
        userMessage("2"),
        toolMessage(toolResult(call("a"), "y")),
        userMessage("3"),
      ],
    });
    const told = messages[2]?.content.map((block) => ("tool_use_id" in block ? block.tool_use_id : "text" in block && block.text));
    expect(told).toEqual(["b", "a", "1", "2", "3"]);
  });

  test("sends opaque state back to the origin and the model that made it, and to no other", () => {
    const state = (fields: JsonObject, from = origin) => ({ providerMetadata: { anthropic: { ...fields, origin: from } } });
    const { messages } = mapped({
      messages: [
        userMessage("hi"),
        assistantMessage([
          { type: "reasoning", text: "hm", ...state({ signature: "c2ln", model: "claude-opus-5-5" }) },
          { type: "reasoning", text: "", ...state({ redacted: "ZGF0YQ==" }) },
          { type: "reasoning", text: "another model's", ...state({ signature: "c2ln", model: "claude-opus-5" }) },
          { type: "reasoning", text: "another server's", ...state({ signature: "c2ln" }, "https://gateway.example") },
          { type: "reasoning", text: "nobody's" },
          { type: "text", text: "so", ...state({ citations: [{ type: "page_location", cited_text: "x", file_id: null }] }) },
          { type: "refusal", text: "no" },
          { type: "text", text: " \n" },
          { type: "invalid-tool-call", id: "toolu_0", name: "f", json: "{" },
          { type: "tool-call", id: "toolu_1", name: "f", input: {}, json: "", ...state({ caller: { type: "direct" } }) },
          { type: "provider", vendor: "anthropic", data: { type: "server_tool_use", id: "srv_1", name: "web_search", input: {} } },
          { type: "provider", vendor: "anthropic", data: { stop_details: { type: "refusal" } } },
          { type: "provider", vendor: "openai", data: { type: "annotations" } },
        ]),
      ],
    });
    expect(messages[1]?.content).toEqual([
      { type: "thinking", thinking: "hm", signature: "c2ln" },
      { type: "redacted_thinking", data: "ZGF0YQ==" },
      { type: "text", text: "so", citations: [{ type: "page_location", cited_text: "x" }] },
      { type: "text", text: "no" },
      { type: "tool_use", id: "toolu_1", name: "f", input: {}, caller: { type: "direct" } },
      { type: "server_tool_use", id: "srv_1", name: "web_search", input: {} },
    ]);
  });

  test("sends arguments that are no object as a field of one", () => {
    const call = { type: "tool-call", id: "toolu_1", name: "f", input: [1], json: "[1]" } as const;
    const { messages } = mapped({ messages: [userMessage("hi"), assistantMessage([call])] });
    expect(messages[1]?.content).toEqual([{ type: "tool_use", id: "toolu_1", name: "f", input: { arguments: [1] } }]);
  });

  test("takes images and files by bytes, by data: URL and by address", () => {
    const file = { type: "file", mediaType: "application/pdf", name: "a.pdf", source: { base64: "JVBE" } } as const;
    const { messages } = mapped({
      messages: [
        userMessage([
          { type: "image", mediaType: "image/jpg", source: { base64: "/9j/" } },
          { type: "image", mediaType: "image/png", source: { url: "https://example.com/a.png" } },
          { type: "image", mediaType: "image/*", source: { url: "data:image/webp;base64,UklG" } },
          file,
          { ...file, source: { url: "https://example.com/a.pdf" } },
          { type: "file", mediaType: "text/csv; charset=utf-8", source: { base64: "w6Q7Yg==" } },
        ]),
      ],
    });
    expect(messages[0]?.content.map((block) => ("source" in block ? block.source : undefined))).toEqual([
      { type: "base64", media_type: "image/jpeg", data: "/9j/" },
      { type: "url", url: "https://example.com/a.png" },
      { type: "base64", media_type: "image/webp", data: "UklG" },
      { type: "base64", media_type: "application/pdf", data: "JVBE" },
      { type: "url", url: "https://example.com/a.pdf" },
      { type: "text", media_type: "text/plain", data: "ä;b" },
    ]);
    expect(messages[0]?.content[3]).toMatchObject({ type: "document", title: "a.pdf" });
  });

  test.each([
    ["an image of another type", { type: "image", mediaType: "image/tiff", source: { base64: "SUkq" } }, "unsupported"],
    ["a file of another type", { type: "file", mediaType: "audio/wav", source: { base64: "UklG" } }, "unsupported"],
    ["text by URL", { type: "file", mediaType: "text/plain", source: { url: "https://example.com/a.txt" } }, "unsupported"],
    ["text that is no base64", { type: "file", mediaType: "text/plain", source: { base64: "%" } }, "invalid-request"],
    ["an empty image", { type: "image", mediaType: "image/png", source: { base64: "" } }, "invalid-request"],
  ] as const)("with %s fails, naming the place", (_what, part, code) => {
    const error = refused({ messages: [userMessage("hi"), userMessage([part])] });
    expect(error).toMatchObject({ code, provider: "work", message: expect.stringContaining("messages[1].content[0]") });
  });

  test.each([
    ["no messages", []],
    ["nothing but a system message", [systemMessage("A")]],
    ["a blank question", [userMessage(" ")]],
  ])("with %s is no request", (_what, messages) => {
    expect(refused({ messages })).toMatchObject({ code: "invalid-request" });
  });
});

describe("reasoning", () => {
  test("is adaptive, at the effort that is asked, for current models", () => {
    expect(mapped({ ...hi, reasoning: "medium" })).toMatchObject({
      thinking: { type: "adaptive", display: "summarized" },
      output_config: { effort: "medium" },
    });
  });

  test.each([
    ["low", 64_000, 4_096],
    ["high", 64_000, 32_000],
    ["high", 5_000, 2_500],
  ] as const)("is a budget for earlier ones: %s of %i tokens is %i", (reasoning, maxOutputTokens, budget) => {
    const request = mapped({ ...hi, model: "claude-haiku-4-5", reasoning, maxOutputTokens });
    expect(request).toMatchObject({ thinking: { type: "enabled", budget_tokens: budget } });
    expect(request).not.toHaveProperty("output_config");
  });

  test("that has no room in max_tokens is no request", () => {
    expect(refused({ ...hi, model: "claude-haiku-4-5", reasoning: "low", maxOutputTokens: 1_500 })).toMatchObject({
      code: "invalid-request",
    });
  });

  test("can be switched off, and set in the wire's own words", () => {
    expect(mapped({ ...hi, reasoning: "none" }).thinking).toEqual({ type: "disabled" });
    const own = mapped({ ...option({ thinking: { type: "between_tools" }, effort: "max" }), reasoning: "low" });
    expect(own).toMatchObject({ thinking: { type: "between_tools" }, output_config: { effort: "max" } });
  });
});

describe("parameters", () => {
  const tool = { name: "f", description: "does", inputSchema: { type: "object" } };

  test("have their names on the wire", () => {
    const schema = { type: "object", properties: {} };
    expect(
      mapped(
        { ...hi, temperature: 0.5, topP: 0.9, stopSequences: ["END"], output: { name: "place", schema }, tools: [tool] },
        { stream: true },
      ),
    ).toMatchObject({
      temperature: 0.5,
      top_p: 0.9,
      stop_sequences: ["END"],
      output_config: { format: { type: "json_schema", schema } },
      tools: [{ name: "f", description: "does", input_schema: { type: "object" } }],
      stream: true,
    });
  });

  test.each([
    ["auto", { type: "auto" }],
    ["none", { type: "none" }],
    ["required", { type: "any" }],
    [{ tool: "f" }, { type: "tool", name: "f" }],
  ] as const)("toolChoice %j", (toolChoice, tool_choice) => {
    expect(mapped({ ...hi, tools: [tool], toolChoice }).tool_choice).toEqual(tool_choice);
  });

  test("toolChoice without its tool is no request, and says nothing without tools", () => {
    expect(refused({ ...hi, tools: [tool], toolChoice: { tool: "g" } })).toMatchObject({ code: "invalid-request" });
    expect(refused({ ...hi, toolChoice: "required" })).toMatchObject({ code: "invalid-request" });
    expect(mapped({ ...hi, toolChoice: "auto" })).not.toHaveProperty("tool_choice");
  });

  test("a seed cannot be said, nor a temperature above 1", () => {
    expect(refused({ ...hi, seed: 1 })).toMatchObject({ code: "unsupported" });
    expect(refused({ ...hi, temperature: 1.5 })).toMatchObject({ code: "invalid-request" });
  });
});

describe("providerOptions.anthropic", () => {
  test("reaches what only this API knows", () => {
    const golden = {
      cache_control: { type: "ephemeral", ttl: "1h" },
      container: "container_1",
      inference_geo: "eu",
      metadata: { user_id: "u" },
      service_tier: "auto",
      speed: "fast",
      top_k: 3,
      tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 2 }],
    };
    const own = {
      cacheControl: golden.cache_control,
      container: golden.container,
      inferenceGeo: golden.inference_geo,
      metadata: golden.metadata,
      serviceTier: golden.service_tier,
      speed: golden.speed,
      topK: golden.top_k,
      serverTools: golden.tools,
    };
    const asked = option({ ...own, disableParallelToolUse: true, extraBody: { mcp_servers: [] } });
    expect(mapped(asked)).toMatchObject({ ...golden, tool_choice: { type: "auto", disable_parallel_tool_use: true } });
    expect(toMessagesRequest(asked, mapping).extraBody).toEqual({ mcp_servers: [] });
  });

  test("refuses names that it does not know and values of the wrong kind", () => {
    expect(refused(option({ top_k: 3 }))).toMatchObject({ code: "unsupported", message: expect.stringContaining("Did you mean topK?") });
    expect(refused(option({ speed: "warp" }))).toMatchObject({ code: "invalid-request", message: expect.stringContaining("speed") });
  });
});
