import {
  assistantMessage,
  type ChatRequest,
  type JsonObject,
  type Message,
  systemMessage,
  text,
  toolMessage,
  toolResult,
  type UserPart,
  userMessage,
} from "@chatport/domain";
import * as fc from "fast-check";
import type OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { responsesRequestSchema } from "../../../../src/providers/openai/responses/models/request.js";
import { type ResponsesMapping, toResponsesRequest } from "../../../../src/providers/openai/responses/responses-request.js";
import { refusalOf } from "../../../support/refusal.js";
import { call, citySchema as parameters, image, weather } from "../../../support/sample-parts.js";
import { untyped } from "../../../support/untyped-messages.js";
import { testRefusals } from "../refused-requests.js";
import { expressibleResponsesRequest } from "./arbitrary-responses-request.js";

// The compiler holds every golden against the types of OpenAI's own client.
type Golden = OpenAI.Responses.ResponseCreateParams;

const mapping: ResponsesMapping = { provider: "work", model: "gpt-5-mini", stream: true };
const always = { store: false, include: ["reasoning.encrypted_content"], stream: true } satisfies Golden;
const hi = [userMessage("hi")];
const asHi = { model: "gpt-5-mini", input: [{ role: "user", content: "hi" }], ...always } satisfies Golden;

function mapped(asked: Partial<ChatRequest>, changes: Partial<ResponsesMapping> = {}) {
  return toResponsesRequest({ messages: hi, ...asked }, { ...mapping, ...changes }).request;
}
function inputFor(...messages: readonly Message[]) {
  return mapped({ messages }).input;
}
function partsFor(...content: readonly UserPart[]) {
  const [message] = inputFor(userMessage(content));
  return message !== undefined && "content" in message ? message.content : undefined;
}
function withOptions(openai: JsonObject, asked: Partial<ChatRequest> = {}) {
  return mapped({ ...asked, providerOptions: { openai } });
}
function failure(asked: Partial<ChatRequest>) {
  return refusalOf(() => mapped(asked));
}

const imageOnWire = { type: "input_image", detail: "auto", image_url: "data:image/png;base64,iVBORw0KGgo=" } as const;

describe("every request that the mapping lets through", () => {
  test("is valid by the strict model, leaves what it was made from untouched, and is the same each time", () => {
    const how = fc.record({ systemRole: fc.constantFrom("system" as const, "developer" as const), stream: fc.boolean() });
    fc.assert(
      fc.property(expressibleResponsesRequest, how, (asked, changes) => {
        const before = structuredClone(asked);
        const body = mapped(asked, changes);
        expect(responsesRequestSchema.safeParse(body).error?.issues).toBeUndefined();
        expect(asked).toEqual(before);
        expect(mapped(asked, changes)).toEqual(body);
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps the conversation at home, and asks for thoughts that can come along", () => {
    expect(mapped({})).toEqual(asHi);
  });
});

describe("system and user messages", () => {
  test("are items in the conversation's order, a system message too", () => {
    const golden = {
      ...always,
      model: "gpt-5-mini",
      input: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "hi" },
        { role: "assistant", content: "Yes?" },
        { role: "system", content: "Now in French." },
        {
          role: "user",
          content: [
            { type: "input_text", text: "one" },
            { type: "input_text", text: "two" },
          ],
        },
      ],
    } satisfies Golden;
    const messages = [
      systemMessage("Be brief."),
      ...hi,
      assistantMessage([text("Ye"), text("s?")]),
      systemMessage("Now in French."),
      userMessage([text("one"), text("two")]),
    ];
    expect(mapped({ messages })).toEqual(golden);
  });

  test("can be sent with the developer role", () => {
    expect(mapped({ messages: [systemMessage("x"), ...hi] }, { systemRole: "developer" }).input[0]).toEqual({
      role: "developer",
      content: "x",
    });
  });

  test("carry images as data URLs or by their own URL, with the detail that their metadata asks for", () => {
    const golden = [
      { type: "input_text", text: "See." },
      imageOnWire,
      { type: "input_image", detail: "original", image_url: "https://example.com/a.jpg" },
    ] satisfies OpenAI.Responses.ResponseInputContent[];
    const byUrl = { ...image, source: { url: "https://example.com/a.jpg" }, providerMetadata: { openai: { detail: "original" } } };
    expect(partsFor(text("See."), image, byUrl)).toEqual(golden);
  });

  test("carry documents by their bytes with a name, or by their URL, and images that came as files as images", () => {
    const golden = [
      { type: "input_file", filename: "paper.pdf", file_data: "data:application/pdf;base64,AAAA" },
      { type: "input_file", filename: "document.txt", file_data: "data:text/plain;base64,AAAA", detail: "low" },
      { type: "input_file", filename: "document.pdf", file_data: "data:application/pdf;base64,AAAA" },
      { type: "input_file", file_url: "https://example.com/a.pdf" },
      { type: "input_image", detail: "auto", image_url: "data:image/png;base64,AAAA" },
    ] satisfies OpenAI.Responses.ResponseInputContent[];
    const file = (mediaType: string, source: { base64: string } | { url: string } = { base64: "AAAA" }) =>
      ({ type: "file", mediaType, source }) as const;
    expect(
      partsFor(
        { ...file("application/pdf"), name: "paper.pdf" },
        { ...file("text/plain; charset=utf-8"), providerMetadata: { openai: { detail: "low" } } },
        file("application/pdf", { url: "data:application/pdf;base64,AAAA" }),
        { ...file("application/pdf", { url: "https://example.com/a.pdf" }), name: "a.pdf" },
        file("image/png"),
      ),
    ).toEqual(golden);
  });

  test("keep a cache breakpoint, for which text must be a part", () => {
    const prompt_cache_breakpoint = { mode: "explicit", ttl: "12h" } as const;
    expect(partsFor({ ...text("long"), providerMetadata: { openai: { prompt_cache_breakpoint } } })).toEqual([
      { type: "input_text", text: "long", prompt_cache_breakpoint },
    ]);
  });
});

describe("an answer of another provider's", () => {
  test("is its text and its calls, in their order, without empty texts", () => {
    const golden = {
      ...always,
      model: "gpt-5-mini",
      input: [
        { role: "assistant", content: "I look. No." },
        { type: "function_call", call_id: "call_1", name: "weather", arguments: '{"city": "Oslo"}' },
        { role: "assistant", content: "Done." },
        { type: "function_call_output", call_id: "call_1", output: "12 °C" },
      ],
    } satisfies Golden;
    const content = [text("I look. "), { type: "refusal", text: "No." }, text(""), call, text("Done.")] as const;
    expect(mapped({ messages: [assistantMessage(content), toolMessage(toolResult(call, "12 °C"))] })).toEqual(golden);
  });

  test("has no message for an empty text beside a call", () => {
    expect(inputFor(assistantMessage([text(""), call]))).toMatchObject([{ type: "function_call" }]);
  });

  test("has {} for a call without arguments", () => {
    expect(inputFor(assistantMessage([{ ...call, input: {}, json: " " }]))).toMatchObject([{ arguments: "{}" }]);
  });

  test("has an invalid call, verbatim, only where a result answers it", () => {
    const invalid = { type: "invalid-tool-call", id: "call_9", name: "weather", json: '{"city": "Os' } as const;
    expect(inputFor(assistantMessage([text("Let me see."), invalid]))).toEqual([{ role: "assistant", content: "Let me see." }]);
    expect(inputFor(assistantMessage([invalid]), toolMessage(toolResult(invalid, "Cut off. Call again.", true)))).toEqual([
      { type: "function_call", call_id: "call_9", name: "weather", arguments: '{"city": "Os' },
      { type: "function_call_output", call_id: "call_9", output: "Error: Cut off. Call again." },
    ]);
  });

  test("without anything is an empty text", () => {
    expect(inputFor(...hi, assistantMessage([]))).toEqual([
      { role: "user", content: "hi" },
      { role: "assistant", content: "" },
    ]);
    expect(inputFor(assistantMessage([{ type: "reasoning", text: "Hm." }]))).toEqual([{ role: "assistant", content: "" }]);
  });
});

describe("tool results", () => {
  const second = { ...call, id: "call_2", name: "photo" };

  test("are one item each: texts in one string, images in a list with the texts around them", () => {
    const golden = [
      { type: "function_call_output", call_id: "call_1", output: "12 °C\nwindy" },
      {
        type: "function_call_output",
        call_id: "call_2",
        output: [{ type: "input_text", text: "before" }, imageOnWire, { type: "input_text", text: "after" }],
      },
      { type: "function_call_output", call_id: "call_2", output: "" },
    ] satisfies OpenAI.Responses.ResponseInput;
    const results = [
      toolResult(call, [text("12 °C"), text("windy")]),
      toolResult(second, [text("before"), image, text("after")]),
      toolResult(second, []),
    ];
    expect(inputFor(toolMessage(...results))).toEqual(golden);
  });

  test("keep a cache breakpoint, for which text must be a part", () => {
    const prompt_cache_breakpoint = { mode: "explicit" } as const;
    const long = { ...text("long"), providerMetadata: { openai: { prompt_cache_breakpoint } } };
    expect(inputFor(toolMessage(toolResult(call, [long])))).toMatchObject([
      { output: [{ type: "input_text", text: "long", prompt_cache_breakpoint }] },
    ]);
  });

  test.each([
    ["text", [text("no such city")], "Error: no such city"],
    ["text that says so itself", [text("Error: no such city")], "Error: no such city"],
    ["nothing", [], "Error"],
    ["an image alone", [image], [{ type: "input_text", text: "Error" }, imageOnWire]],
    [
      "an image and text",
      [image, text("blurred"), text("dark")],
      [imageOnWire, { type: "input_text", text: "Error: blurred" }, { type: "input_text", text: "dark" }],
    ],
  ])("say in words that a tool failed, with %s", (_what, content, output) => {
    expect(inputFor(toolMessage(toolResult(call, content, true)))).toEqual([{ type: "function_call_output", call_id: "call_1", output }]);
  });
});

describe("settings", () => {
  test("go by their wire names", () => {
    const golden = {
      ...asHi,
      model: "gpt-5.4",
      max_output_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      reasoning: { effort: "low", summary: "auto" },
    } satisfies Golden;
    expect(mapped({ model: "gpt-5.4", maxOutputTokens: 100, temperature: 0.5, topP: 0.9, reasoning: "low" })).toEqual(golden);
  });

  test("that are not set are not sent, nor is there a hidden limit of output tokens", () => {
    const { stream: _stream, ...whole } = asHi;
    expect(mapped({ tools: [], stopSequences: [], toolChoice: "auto" }, { stream: false })).toEqual(whole);
  });

  test("limit tokens to less than 16 at servers that allow it, and not at OpenAI", () => {
    expect(mapped({ maxOutputTokens: 6 }, { baseUrl: "http://127.0.0.1:8080/v1" })).toMatchObject({ max_output_tokens: 6 });
    expect(mapped({ maxOutputTokens: 16 })).toMatchObject({ max_output_tokens: 16 });
    expect(failure({ maxOutputTokens: 15 })).toMatchObject({
      code: "invalid-request",
      message: expect.stringMatching(/is 15, .*less than 16/u),
    });
  });

  test("declare functions, whose schema is not enforced, and every form of choice", () => {
    const golden = {
      ...asHi,
      tools: [{ type: "function", name: "weather", description: "Tells the weather.", parameters, strict: false }],
      tool_choice: { type: "function", name: "weather" },
    } satisfies Golden;
    expect(mapped({ tools: [weather], toolChoice: { tool: "weather" } })).toEqual(golden);
    const choices = (["auto", "none", "required"] as const).map((toolChoice) => mapped({ tools: [weather], toolChoice }).tool_choice);
    expect(choices).toEqual(["auto", "none", "required"]);
    expect(mapped({ tools: [weather] })).not.toHaveProperty("tool_choice");
  });

  test("ask for a schema to be enforced, unless told otherwise", () => {
    const output = { name: "sum", schema: { type: "object" } };
    const golden = { ...asHi, text: { format: { type: "json_schema", ...output, strict: true } } } satisfies Golden;
    expect(mapped({ output })).toEqual(golden);
    expect(withOptions({ strictJsonSchema: false, verbosity: "low" }, { output })).toEqual({
      ...asHi,
      text: { format: { ...golden.text.format, strict: false }, verbosity: "low" },
    });
  });

  test("ask for a summary of the thoughts wherever thoughts are asked for, unless told otherwise", () => {
    const asked = [
      mapped({ reasoning: "none" }),
      withOptions({ reasoningEffort: "xhigh" }, { reasoning: "low" }),
      withOptions({ reasoningSummary: null }, { reasoning: "high" }),
      withOptions({ reasoningSummary: "detailed", reasoningContext: "all_turns", reasoningMode: "pro" }),
    ].map(({ reasoning }) => reasoning);
    const golden = [
      { effort: "none" },
      { effort: "xhigh", summary: "auto" },
      { effort: "high" },
      { summary: "detailed", context: "all_turns", mode: "pro" },
    ] satisfies OpenAI.Reasoning[];
    expect(asked).toEqual(golden);
  });
});

describe("OpenAI's own options", () => {
  test("go by their wire names, with their values as they are", () => {
    const golden = {
      ...asHi,
      include: ["reasoning.encrypted_content", "web_search_call.action.sources"],
      access_programs: { cyber: "standard" },
      context_management: [{ type: "compaction", compact_threshold: 1000 }],
      image: { context_compression: "auto" },
      max_tool_calls: 3,
      metadata: { purpose: "test" },
      moderation: { model: "omni-moderation-latest", policy: { input: { mode: "block" }, output: null } },
      parallel_tool_calls: false,
      prompt: { id: "pmpt_1", version: "2", variables: { city: "Oslo" } },
      prompt_cache_key: "conversation-1",
      prompt_cache_options: { mode: "explicit", ttl: "12h" },
      safety_identifier: "user-1",
      service_tier: "flex",
      stream_options: { include_obfuscation: false },
      text: { format: { type: "json_object" }, verbosity: "high" },
      top_logprobs: 5,
    } satisfies Golden;
    const sent = withOptions({
      accessPrograms: golden.access_programs,
      contextManagement: golden.context_management,
      image: golden.image,
      include: golden.include.toReversed(),
      maxToolCalls: golden.max_tool_calls,
      metadata: golden.metadata,
      moderation: golden.moderation,
      parallelToolCalls: golden.parallel_tool_calls,
      prompt: golden.prompt,
      promptCacheKey: golden.prompt_cache_key,
      promptCacheOptions: golden.prompt_cache_options,
      safetyIdentifier: golden.safety_identifier,
      serviceTier: golden.service_tier,
      streamOptions: golden.stream_options,
      textFormat: golden.text.format,
      topLogprobs: golden.top_logprobs,
      verbosity: golden.text.verbosity,
    });
    expect(sent).toEqual(golden);
    expect(responsesRequestSchema.safeParse(sent).success).toBe(true);
  });

  test("that OpenAI has deprecated are still handed on", () => {
    expect(withOptions({ promptCacheRetention: "24h", truncation: "auto", user: "ann" })).toEqual({
      ...asHi,
      prompt_cache_retention: "24h",
      truncation: "auto",
      user: "ann",
    });
  });

  test("can leave out the question for sealed thoughts, which models refuse that do not reason", () => {
    expect(withOptions({ include: null })).not.toHaveProperty("include");
  });

  test.each([
    "gpt-4o",
    "gpt-4.1-mini",
    "gpt-3.5-turbo",
    "chatgpt-4o-latest",
    "gpt-5-chat-latest",
    "ft:gpt-4.1-nano-2025-04-14:acme::x",
    "openai/gpt-4o",
  ])("does not ask %s for thoughts, which refuses to be asked", (model) => {
    expect(mapped({}, { model })).not.toHaveProperty("include");
    expect(mapped({ model })).not.toHaveProperty("include");
    expect(mapped({ model, providerOptions: { openai: { include: ["web_search_call.results"] } } }).include).toEqual([
      "web_search_call.results",
    ]);
    expect(mapped({ model }, { encryptedReasoning: true }).include).toEqual(["reasoning.encrypted_content"]);
  });

  test.each(["gpt-5-mini", "o4-mini", "gpt-oss-20b", "my-deployment", "ft:o4-mini-2025-04-16:acme::gpt-4o", "my-gpt-4o"])(
    "asks %s for its thoughts, unless it is told not to",
    (model) => {
      expect(mapped({ model }).include).toEqual(["reasoning.encrypted_content"]);
      expect(mapped({ model }, { encryptedReasoning: false })).not.toHaveProperty("include");
    },
  );

  test("add tools of the server's own after the request's, and choose among them", () => {
    const golden = {
      ...asHi,
      tools: [
        { type: "function", name: "weather", description: "Tells the weather.", parameters, strict: false },
        { type: "web_search", search_context_size: "low" },
        { type: "mcp", server_label: "docs", server_url: "https://mcp.example", require_approval: "never" },
      ],
      tool_choice: { type: "mcp", server_label: "docs" },
    } satisfies Golden;
    const serverTools = golden.tools.slice(1);
    expect(withOptions({ serverTools, toolChoice: golden.tool_choice }, { tools: [weather] })).toEqual(golden);
    expect(withOptions({ serverTools }, { toolChoice: "required" })).toMatchObject({ tools: serverTools, tool_choice: "required" });
  });

  test("for the server alone are handed on verbatim, beside the request", () => {
    const extraBody = { top_k: 40, store: true };
    const { request, extraBody: handedOn } = toResponsesRequest({ messages: hi, providerOptions: { openai: { extraBody } } }, mapping);
    expect(handedOn).toEqual(extraBody);
    expect(request).toEqual(asHi);
  });

  test("of other vendors are not looked at", () => {
    expect(mapped({ providerOptions: { anthropic: { topK: 5 } } })).toEqual(asHi);
  });
});

describe("what the Responses API has no words for", () => {
  const file = (mediaType: string) => [userMessage([{ type: "file", mediaType, source: { base64: "AAAA" } }])];
  testRefusals(mapped, {
    unsupported: [
      ["stop sequences", { stopSequences: ["END"] }, /^stopSequences cannot be said.*Chat Completions/u],
      ["a seed", { seed: 0 }, /^seed cannot be said.*Chat Completions/u],
      ["sound", { messages: file(" Audio/WAV") }, /messages\[0\]\.content\[0\] is sound.*Chat Completions takes WAV/u],
      [
        "a result's part of an unknown kind",
        { messages: untyped([{ role: "tool", content: [{ type: "tool-result", callId: "c", name: "f", content: [{ type: "file" }] }] }]) },
        /messages\[0\]\.content\[0\]\.content\[0\]/u,
      ],
    ],
    invalid: [
      [
        "a choice of the server's tools without any",
        { providerOptions: { openai: { toolChoice: { type: "mcp" } } } },
        /declares no tools/u,
      ],
      [
        "two choices of tools at once",
        { tools: [weather], toolChoice: "auto", providerOptions: { openai: { toolChoice: { type: "web_search" } } } },
        /toolChoice and providerOptions\.openai\.toolChoice/u,
      ],
      [
        "an option of the wrong type",
        { providerOptions: { openai: { maxToolCalls: "3" } } },
        /providerOptions\.openai\.maxToolCalls: .*number/u,
      ],
      [
        "an unknown field inside of an option",
        { providerOptions: { openai: { streamOptions: { a: 1 } } } },
        /streamOptions has no field a/u,
      ],
      ["a server's tool without a type", { providerOptions: { openai: { serverTools: [{}] } } }, /serverTools\.0\.type/u],
      [
        "a function among the server's tools",
        { providerOptions: { openai: { serverTools: [{ type: "function", name: "f" }] } } },
        /serverTools\.0\.type: Functions go in the request's tools/u,
      ],
      [
        "two forms of the answer at once",
        { output: { name: "a", schema: {} }, providerOptions: { openai: { textFormat: { type: "json_object" } } } },
        /output and providerOptions\.openai\.textFormat/u,
      ],
    ],
  });

  const options: readonly (readonly [string, RegExp])[] = [
    ["logitBias", /logitBias is an option of Chat Completions, and this provider speaks Responses/u],
    ["frequency_penalty", /is an option of Chat Completions/u],
    ["responseFormat", /is an option of Chat Completions.*the request's output, or textFormat/u],
    ["webSearchOptions", /is an option of Chat Completions.*serverTools: \[\{"type": "web_search"\}\]/u],
    ["logprobs", /is an option of Chat Completions.*topLogprobs, and include/u],
    ["top_logprobs", /top_logprobs is not known\. Did you mean topLogprobs\?/u],
    ["serverTool", /serverTool is not known\. Did you mean serverTools\?/u],
    ["topK", /topK is not known\. Known: .*verbosity.*extraBody/u],
    ["store", /store is not taken: every request holds the whole conversation/u],
    ["previousResponseId", /previousResponseId is not taken: every request holds the whole conversation/u],
    ["previous_response_id", /is not taken/u],
    ["instructions", /is not taken: send a system message/u],
    ["background", /is not taken/u],
    ["temperature", /is not taken: set the request's temperature/u],
    ["max_output_tokens", /is not taken: set the request's maxOutputTokens/u],
    ["text", /is not taken: .*textFormat and verbosity/u],
  ];

  test.each(options)("the option %s: refused with what to write instead", (name, message) => {
    expect(failure({ providerOptions: { openai: { [name]: true } } })).toEqual({
      code: "unsupported",
      provider: "work",
      message: expect.stringMatching(message),
    });
  });
});

describe("the strict model", () => {
  test.each([
    ["a conversation at the server", { previous_response_id: "resp_1" }],
    ["storage", { store: true }],
    ["an unknown parameter", { stop: ["END"] }],
    ["no input", { input: [] }],
    ["an unknown field of a message", { input: [{ role: "user", content: "hi", name: "ann" }] }],
    ["a text part of Chat Completions", { input: [{ role: "user", content: [{ type: "text", text: "hi" }] }] }],
    ["a call without a name", { input: [{ type: "function_call", call_id: "c", arguments: "{}" }] }],
    ["a call's id of 65 characters", { input: [{ type: "function_call_output", call_id: "c".repeat(65), output: "" }] }],
    ["reasoning without a summary", { input: [{ type: "reasoning", encrypted_content: "abc" }] }],
    ["a message without content", { input: [{ type: "message", role: "assistant", content: [] }] }],
    ["an item without a type", { input: [{ id: "x" }] }],
  ])("refuses %s", (_what, change) => {
    expect(responsesRequestSchema.safeParse({ ...asHi, ...change }).success).toBe(false);
  });
});
