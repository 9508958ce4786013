import {
  type AssistantPart,
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
import { describe, expect, test } from "vitest";
import { chatCompletionRequestSchema } from "../../../src/providers/openai/models.js";
import { type RequestMapping, toChatCompletionRequest } from "../../../src/providers/openai/openai-request.js";
import { call, citySchema, image, weather } from "../../support/sample-parts.js";
import { expressibleRequest } from "./arbitrary-request.js";
import { openAIComplaints } from "./openai-schema.js";
import { testRefusals } from "./refused-requests.js";

const mapping: RequestMapping = {
  provider: "work",
  model: "gpt-5-mini",
  maxTokensField: "max_completion_tokens",
  systemRole: "system",
  stream: true,
  streamUsage: true,
};
const hi = [userMessage("hi")];

function mapped(asked: Partial<ChatRequest>, changes: Partial<RequestMapping> = {}) {
  return toChatCompletionRequest({ messages: hi, ...asked }, { ...mapping, ...changes }).request;
}
function messagesFor(...messages: readonly Message[]) {
  return mapped({ messages }).messages;
}
function partsFor(...content: readonly UserPart[]) {
  return messagesFor(userMessage(content))[0]?.content;
}
function answered(...content: readonly AssistantPart[]) {
  return messagesFor(assistantMessage(content))[0];
}
function withOptions(openai: JsonObject) {
  return mapped({ providerOptions: { openai } });
}

const imageOnWire = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } };
const callOnWire = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city": "Oslo"}' } };

describe("every request that the mapping lets through", () => {
  test("is valid to OpenAI's own schema and to the strict model", () => {
    fc.assert(
      fc.property(
        expressibleRequest,
        fc.record({
          maxTokensField: fc.constantFrom("max_completion_tokens" as const, "max_tokens" as const),
          systemRole: fc.constantFrom("system" as const, "developer" as const),
          stream: fc.boolean(),
          streamUsage: fc.boolean(),
        }),
        (asked, changes) => {
          const body = mapped(asked, changes);
          expect(openAIComplaints("CreateChatCompletionRequest", body)).toEqual([]);
          expect(chatCompletionRequestSchema.safeParse(body).error?.issues).toBeUndefined();
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("leaves what it was made from untouched", () => {
    fc.assert(
      fc.property(expressibleRequest, (asked) => {
        const before = structuredClone(asked);
        mapped(asked);
        expect(asked).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe("system and user messages", () => {
  test("of one text are plain strings, which every server takes", () => {
    expect(messagesFor(systemMessage("Be brief."), userMessage("hi"))).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "hi" },
    ]);
  });

  test("of several texts keep them apart", () => {
    expect(partsFor(text("one"), text("two"))).toEqual([
      { type: "text", text: "one" },
      { type: "text", text: "two" },
    ]);
  });

  test("keep a system message where it stands", () => {
    expect(messagesFor(userMessage("hi"), systemMessage("Now in French."), userMessage("go on")).map(({ role }) => role)).toEqual([
      "user",
      "system",
      "user",
    ]);
  });

  test("can be sent with the developer role", () => {
    expect(mapped({ messages: [systemMessage("x")] }, { systemRole: "developer" }).messages).toEqual([{ role: "developer", content: "x" }]);
  });

  test("carry images as data URLs or by their own URL, with the detail that their metadata asks for", () => {
    expect(
      partsFor(image, {
        type: "image",
        mediaType: "image/jpeg",
        source: { url: "https://example.com/a.jpg" },
        providerMetadata: { openai: { detail: "low" } },
      }),
    ).toEqual([imageOnWire, { type: "image_url", image_url: { url: "https://example.com/a.jpg", detail: "low" } }]);
  });

  test("carry documents as files with a name, WAV and MP3 as audio, and images that came as files as images", () => {
    const file = (mediaType: string, name?: string) =>
      ({ type: "file", mediaType, source: { base64: "AAAA" }, ...(name === undefined ? {} : { name }) }) as const;
    expect(
      partsFor(
        file("application/pdf", "paper.pdf"),
        file("text/plain"),
        file("audio/mpeg"),
        file("Audio/X-WAV; rate=8000"),
        file("image/png"),
      ),
    ).toEqual([
      { type: "file", file: { filename: "paper.pdf", file_data: "data:application/pdf;base64,AAAA" } },
      { type: "file", file: { filename: "document.txt", file_data: "data:text/plain;base64,AAAA" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "mp3" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
    ]);
  });

  test("take the bytes out of a file's data URL", () => {
    expect(partsFor({ type: "file", mediaType: "audio/wav", source: { url: "data:audio/wav;base64,UklG" } })).toEqual([
      { type: "input_audio", input_audio: { data: "UklG", format: "wav" } },
    ]);
  });

  test("keep a cache breakpoint, for which text must be a part", () => {
    expect(
      partsFor({ type: "text", text: "long", providerMetadata: { openai: { prompt_cache_breakpoint: { mode: "explicit" } } } }),
    ).toEqual([{ type: "text", text: "long", prompt_cache_breakpoint: { mode: "explicit" } }]);
  });
});

describe("what Chat Completions has no words for", () => {
  testRefusals(mapped, {
    unsupported: [
      [
        "a file by URL",
        {
          messages: [
            userMessage("hi"),
            userMessage([text("see"), { type: "file", mediaType: "application/pdf", source: { url: "https://x.example/a.pdf" } }]),
          ],
        },
        /messages\[1\]\.content\[1\] is a file by URL.*source\.base64/u,
      ],
      [
        "audio that is neither WAV nor MP3",
        { messages: [userMessage([{ type: "file", mediaType: "audio/ogg", source: { base64: "AAAA" } }])] },
        /messages\[0\]\.content\[0\] is audio of type audio\/ogg.*audio\/wav and audio\/mpeg/u,
      ],
      ["a fifth stop sequence", { stopSequences: ["a", "b", "c", "d", "e"] }, /stopSequences has 5 entries.*extraBody\.stop/u],
      ["two answers at once", { providerOptions: { openai: { n: 2 } } }, /providerOptions\.openai\.n is 2/u],
      [
        "a misspelt option",
        { providerOptions: { openai: { top_logprobs: 3 } } },
        /top_logprobs is not known\. Did you mean topLogprobs\?/u,
      ],
      ["an unknown option", { providerOptions: { openai: { topK: 40 } } }, /topK is not known\. Known: .*verbosity.*extraBody/u],
    ],
    invalid: [
      ["a seed that JSON cannot carry exactly", { seed: 2 ** 53 }, /seed must be a whole number from/u],
      [
        "an option of the wrong type",
        { providerOptions: { openai: { logprobs: "yes" } } },
        /providerOptions\.openai\.logprobs: .*boolean/u,
      ],
      [
        "an unknown field inside of an option",
        { providerOptions: { openai: { prediction: { type: "content", content: "x", y: 1 } } } },
        /prediction has no field y/u,
      ],
      [
        "two forms of the answer at once",
        { output: { name: "a", schema: {} }, providerOptions: { openai: { responseFormat: { type: "json_object" } } } },
        /output and providerOptions\.openai\.responseFormat/u,
      ],
    ],
  });
});

describe("an earlier answer", () => {
  test("is its text in one", () => {
    expect(answered(text("Hel"), text("lo"))).toEqual({ role: "assistant", content: "Hello" });
  });

  test("without anything is an empty string", () => {
    expect(answered()).toEqual({ role: "assistant", content: "" });
  });

  test("with calls and no text has a null content, and the arguments as they came", () => {
    expect(answered(call)).toEqual({ role: "assistant", content: null, tool_calls: [callOnWire] });
  });

  test("has {} for a call without arguments", () => {
    expect(answered({ ...call, input: {}, json: "" })).toMatchObject({ tool_calls: [{ function: { arguments: "{}" } }] });
  });

  test("echoes what the vendor put on a call, but never over its documented fields", () => {
    const extra_content = { google: { thought_signature: "c2ln" } };
    expect(
      answered({
        ...call,
        providerMetadata: { openai: { extra_content, id: "forged", function: {}, custom: {}, index: 0 }, anthropic: { x: 1 } },
      }),
    ).toEqual({
      role: "assistant",
      content: null,
      tool_calls: [{ ...callOnWire, extra_content }],
    });
  });

  test("leaves its reasoning text at home and takes the opaque reasoning details along, in order", () => {
    const thought = (signature: string) =>
      ({
        type: "reasoning",
        text: "hm",
        providerMetadata: { openai: { reasoning_details: [{ type: "reasoning.encrypted", data: signature }] } },
      }) as const;
    expect(answered(thought("a"), thought("b"), text("Yes."))).toEqual({
      role: "assistant",
      content: "Yes.",
      reasoning_details: [
        { type: "reasoning.encrypted", data: "a" },
        { type: "reasoning.encrypted", data: "b" },
      ],
    });
  });

  test("does not send back what is for readers alone, such as log probabilities", () => {
    expect(answered({ ...text("Yes."), providerMetadata: { openai: { logprobs: [{ token: "Yes" }], role: "user" } } })).toEqual({
      role: "assistant",
      content: "Yes.",
    });
  });

  test("keeps a refusal as one", () => {
    expect(answered({ type: "refusal", text: "I can" }, { type: "refusal", text: "not." })).toEqual({
      role: "assistant",
      content: null,
      refusal: "I cannot.",
    });
  });

  test("sends an invalid call, verbatim, only when a result answers it", () => {
    const invalid = { type: "invalid-tool-call", id: "call_9", name: "weather", json: '{"city": "Os' } as const;
    expect(answered(text("Let me see."), invalid)).toEqual({ role: "assistant", content: "Let me see." });
    expect(messagesFor(assistantMessage([invalid]), toolMessage(toolResult(invalid, "Cut off. Call again.", true)))).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_9", type: "function", function: { name: "weather", arguments: '{"city": "Os' } }],
      },
      { role: "tool", tool_call_id: "call_9", content: "Error: Cut off. Call again." },
    ]);
  });

  test("echoes OpenAI's own parts that a request has a field for, and leaves other vendors' out", () => {
    expect(
      answered(
        { type: "provider", vendor: "openai", data: { function_call: { name: "weather", arguments: "{}" } } },
        { type: "provider", vendor: "openai", data: { audio: [{ id: "audio_1" }, { data: "AAAA" }] } },
        { type: "provider", vendor: "openai", data: { citations: ["https://example.com"] } },
        { type: "provider", vendor: "anthropic", data: { function_call: { name: "other", arguments: "{}" } } },
      ),
    ).toEqual({ role: "assistant", content: null, function_call: { name: "weather", arguments: "{}" }, audio: { id: "audio_1" } });
  });
});

describe("tool results", () => {
  const second = { ...call, id: "call_2", name: "photo" };

  test("are one message each, their texts joined by line breaks", () => {
    expect(messagesFor(toolMessage(toolResult(call, [text("12 °C"), text("windy")]), toolResult(second, "none")))).toEqual([
      { role: "tool", tool_call_id: "call_1", content: "12 °C\nwindy" },
      { role: "tool", tool_call_id: "call_2", content: "none" },
    ]);
  });

  test("say in words that a tool failed, once", () => {
    const contents = ["no such city", "Error: no such city", ""].map(
      (said) => messagesFor(toolMessage(toolResult(call, said, true)))[0]?.content,
    );
    expect(contents).toEqual(["Error: no such city", "Error: no such city", "Error"]);
  });

  test("send their images after the last result of the run, with the call's name", () => {
    expect(
      messagesFor(
        assistantMessage([second, call]),
        toolMessage(toolResult(second, [image])),
        toolMessage(toolResult(call, "12 °C")),
        userMessage("Well?"),
      ),
    ).toEqual([
      expect.objectContaining({ role: "assistant" }),
      { role: "tool", tool_call_id: "call_2", content: "The result is in the images that follow the tool results." },
      { role: "tool", tool_call_id: "call_1", content: "12 °C" },
      { role: "user", content: [{ type: "text", text: "Images in the result of the tool call photo (call_2):" }, imageOnWire] },
      { role: "user", content: "Well?" },
    ]);
  });
});

describe("settings", () => {
  test("go by their wire names", () => {
    expect(
      mapped({ model: "gpt-5.4", maxOutputTokens: 100, temperature: 0.5, topP: 0.9, stopSequences: ["END"], seed: 7, reasoning: "low" }),
    ).toEqual({
      model: "gpt-5.4",
      messages: [{ role: "user", content: "hi" }],
      max_completion_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      stop: ["END"],
      seed: 7,
      reasoning_effort: "low",
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  test("that are not set are not sent, and there is no hidden limit of output tokens", () => {
    expect(mapped({ tools: [], stopSequences: [], toolChoice: "auto" }, { stream: false })).toEqual({
      model: "gpt-5-mini",
      messages: [{ role: "user", content: "hi" }],
    });
  });

  test("limit tokens by the field that the server knows", () => {
    expect(mapped({ maxOutputTokens: 9 }, { maxTokensField: "max_tokens" })).toMatchObject({ max_tokens: 9 });
  });

  test("ask for usage only where it is wanted", () => {
    expect(mapped({}, { streamUsage: false })).not.toHaveProperty("stream_options");
  });

  test("declare tools as they are and every form of choice", () => {
    const choices = (["auto", "none", "required", { tool: "weather" }] as const).map(
      (toolChoice) => mapped({ tools: [weather], toolChoice }).tool_choice,
    );
    expect(choices).toEqual(["auto", "none", "required", { type: "function", function: { name: "weather" } }]);
    expect(mapped({ tools: [weather] })).toMatchObject({
      tools: [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: citySchema } }],
    });
    expect(mapped({ tools: [weather] })).not.toHaveProperty("tool_choice");
  });

  test("ask for a schema to be enforced, unless told otherwise", () => {
    const output = { name: "sum", schema: { type: "object" } };
    const format = (strict: boolean) => ({ type: "json_schema", json_schema: { ...output, strict } });
    expect(mapped({ output }).response_format).toEqual(format(true));
    expect(mapped({ output, providerOptions: { openai: { strictJsonSchema: false } } }).response_format).toEqual(format(false));
  });

  test("of OpenAI alone come in camelCase", () => {
    expect(
      withOptions({
        topLogprobs: 3,
        logprobs: true,
        parallelToolCalls: false,
        reasoningEffort: "xhigh",
        webSearchOptions: { search_context_size: "low" },
      }),
    ).toMatchObject({
      top_logprobs: 3,
      logprobs: true,
      parallel_tool_calls: false,
      reasoning_effort: "xhigh",
      web_search_options: { search_context_size: "low" },
    });
    expect(withOptions({ streamOptions: { include_obfuscation: false } }).stream_options).toEqual({
      include_usage: true,
      include_obfuscation: false,
    });
  });

  test("of other vendors are not looked at", () => {
    expect(mapped({ providerOptions: { anthropic: { whatever: true } } })).toEqual(mapped({}));
  });

  test("for the server alone are handed on verbatim, beside the request", () => {
    const extraBody = { top_k: 40, chat_template_kwargs: { enable_thinking: false } };
    const { request, extraBody: handedOn } = toChatCompletionRequest({ messages: hi, providerOptions: { openai: { extraBody } } }, mapping);
    expect(handedOn).toEqual(extraBody);
    expect(request).toEqual(mapped({}));
  });
});
