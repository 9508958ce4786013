import {
  assistantMessage,
  type ChatRequest,
  type JsonObject,
  type Message,
  systemMessage,
  text,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { generateContentRequestSchema, geminiHistoryRules, toGenerateContentRequest } from "../../../src/providers/gemini/index.js";
import { origin } from "./gemini-server.js";

const hi = userMessage("hi");
const mapping = { provider: "google", model: "gemini-3.8-flash", history: geminiHistoryRules() };

function translate(asked: Partial<ChatRequest>) {
  const result = toGenerateContentRequest({ messages: [hi], ...asked }, mapping);
  expect(generateContentRequestSchema.safeParse(result.request).error).toBeUndefined();
  return result;
}

function contents(...messages: readonly Message[]) {
  return translate({ messages }).request.contents;
}

function optionsOf(gemini: JsonObject) {
  return translate({ providerOptions: { gemini } });
}

const call = { type: "tool-call", id: "call_1", name: "weather", input: { city: "Rome" }, json: '{"city":"Rome"}' } as const;

describe("messages", () => {
  test("leading system messages are the system instruction, part by part", () => {
    const { request } = translate({ messages: [systemMessage("A"), systemMessage([text("B"), text("C")]), hi] });
    expect(request).toEqual({
      systemInstruction: { parts: [{ text: "A" }, { text: "B" }, { text: "C" }] },
      contents: [{ role: "user", parts: [{ text: "hi" }] }],
    });
  });

  test("a later system message keeps its place, and says what it is", () => {
    expect(contents(hi, assistantMessage("yes"), systemMessage("Be brief."), userMessage("go"))).toEqual([
      { role: "user", parts: [{ text: "hi" }] },
      { role: "model", parts: [{ text: "yes" }] },
      { role: "user", parts: [{ text: "System instruction: Be brief." }] },
      { role: "user", parts: [{ text: "go" }] },
    ]);
  });

  test("the results of several tool messages are one content, and a failed one is an error", () => {
    const other = { ...call, id: "call_2" };
    const sent = contents(
      hi,
      assistantMessage([call, other]),
      toolMessage(toolResult(call, "sunny")),
      toolMessage(toolResult(other, "no", true)),
    );
    expect(sent.at(-1)).toEqual({
      role: "user",
      parts: [
        { functionResponse: { id: "call_1", name: "weather", response: { output: "sunny" } } },
        { functionResponse: { id: "call_2", name: "weather", response: { error: "no" } } },
      ],
    });
  });

  test("an image by its URL in a tool result is a part of the result", () => {
    const image = { type: "image", mediaType: "image/png", source: { url: "https://example.org/a.png" } } as const;
    const [, , result] = contents(hi, assistantMessage([call]), toolMessage(toolResult(call, [text("a"), text("b"), image])));
    expect(result?.parts[0]?.functionResponse).toMatchObject({
      response: { output: "a\nb" },
      parts: [{ fileData: { mimeType: "image/png", fileUri: "https://example.org/a.png" } }],
    });
  });

  test("refusals become text, arguments that are no object a field of one, and what cannot be said is left out", () => {
    const [, answer] = contents(
      hi,
      assistantMessage([
        { type: "reasoning", text: "another's thought" },
        { type: "refusal", text: "No." },
        { type: "invalid-tool-call", id: "bad", name: "weather", json: "{" },
        { type: "provider", vendor: "openai", data: { annotations: [] } },
        { type: "provider", vendor: "gemini", data: { groundingMetadata: {} } },
        { type: "text", text: "" },
        { ...call, input: [1] },
      ]),
    );
    expect(answer?.parts).toMatchObject([{ text: "No." }, { functionCall: { args: { arguments: [1] } } }]);
  });

  test("a conversation that says nothing is refused", () => {
    for (const messages of [[], [systemMessage("A")], [assistantMessage("")]]) {
      expect(() => toGenerateContentRequest({ messages }, mapping)).toThrow("nothing to answer");
    }
  });
});

describe("opaque state", () => {
  const state = (fields: JsonObject, from = origin) => ({ gemini: { origin: from, ...fields } });

  test("signatures go back on their parts, and a text that was signed in its last piece is two parts again", () => {
    const [, answer] = contents(
      hi,
      assistantMessage([
        { type: "reasoning", text: "thinking", providerMetadata: state({ thoughtSignature: "cg==" }) },
        { type: "text", text: "abcd", providerMetadata: state({ thoughtSignature: "dA==", signedFrom: 2 }) },
        {
          type: "provider",
          vendor: "gemini",
          data: { executableCode: { code: "1" } },
          providerMetadata: state({ thoughtSignature: "cA==" }),
        },
        { ...call, providerMetadata: state({ thoughtSignature: "Yw==" }) },
      ]),
    );
    expect(answer?.parts).toEqual([
      { text: "thinking", thought: true, thoughtSignature: "cg==" },
      { text: "ab" },
      { text: "cd", thoughtSignature: "dA==" },
      { executableCode: { code: "1" }, thoughtSignature: "cA==" },
      { functionCall: { id: "call_1", name: "weather", args: { city: "Rome" } }, thoughtSignature: "Yw==" },
    ]);
  });

  test("signatures of another server stay away, and the first call of a step gets the documented stand-in", () => {
    const foreign = { ...call, providerMetadata: state({ thoughtSignature: "Yw==" }, "https://elsewhere.example") };
    const [, answer] = contents(hi, assistantMessage([foreign, { ...call, id: "call_2" }]));
    expect(answer?.parts.map(({ thoughtSignature }) => thoughtSignature)).toEqual(["skip_thought_signature_validator", undefined]);
  });

  test("models that check no signatures get none that nobody made", () => {
    for (const model of ["gemini-2.5-pro", "models/gemini-2.0-flash", "gemma-4-31b-it"]) {
      const { request } = translate({ model, messages: [hi, assistantMessage([call])] });
      expect(request.contents[1]?.parts[0]).not.toHaveProperty("thoughtSignature");
    }
  });

  test("an answer that waits to go on is continued with its token, and not once the user has spoken", () => {
    const piece = (token: string) =>
      assistantMessage([
        text("so far"),
        { type: "provider", vendor: "gemini", data: {}, providerMetadata: state({ continuationToken: token }) },
      ]);
    expect(translate({ messages: [hi, piece("b25l"), piece("dHdv")] }).request).toEqual({
      contents: [{ role: "user", parts: [{ text: "hi" }] }],
      continuationToken: "dHdv",
    });
    expect(translate({ messages: [hi, piece("b25l"), userMessage("stop")] }).request).not.toHaveProperty("continuationToken");
  });
});

describe("settings", () => {
  test.each([
    ["none", { thinkingLevel: "MINIMAL" }, { thinkingBudget: 0 }],
    ["low", { thinkingLevel: "LOW", includeThoughts: true }, { thinkingBudget: 1024, includeThoughts: true }],
    ["medium", { thinkingLevel: "MEDIUM", includeThoughts: true }, { thinkingBudget: 8192, includeThoughts: true }],
    ["high", { thinkingLevel: "HIGH", includeThoughts: true }, { thinkingBudget: 24576, includeThoughts: true }],
  ] as const)("reasoning %s is a level, and a budget before Gemini 3", (reasoning, level, budget) => {
    expect(translate({ reasoning }).request.generationConfig).toEqual({ thinkingConfig: level });
    expect(translate({ reasoning, model: "gemini-4-argon" }).request.generationConfig).toEqual({ thinkingConfig: level });
    expect(translate({ reasoning, model: "gemini-2.5-flash" }).request.generationConfig).toEqual({ thinkingConfig: budget });
  });

  test.each([
    ["auto", { mode: "AUTO" }],
    ["none", { mode: "NONE" }],
    ["required", { mode: "ANY" }],
  ] as const)("toolChoice %s", (toolChoice, functionCallingConfig) => {
    const tools = [{ name: "weather", inputSchema: { type: "object" } }];
    expect(translate({ tools, toolChoice }).request.toolConfig).toEqual({ functionCallingConfig });
  });

  test("no default is sent for anything that the request leaves open", () => {
    expect(translate({}).request).toEqual({ contents: [{ role: "user", parts: [{ text: "hi" }] }] });
  });

  test.each([
    [{ temperature: 2.1 }, "temperature"],
    [{ topP: Number.NaN }, "topP"],
    [{ maxOutputTokens: 0 }, "maxOutputTokens"],
    [{ seed: 2 ** 31 }, "seed"],
    [{ toolChoice: "required" }, "declares no tools"],
    [{ tools: [{ name: "a", inputSchema: {} }], toolChoice: { tool: "b" } }, "not among"],
  ] as const)("%o can never be right", (asked, words) => {
    expect(() => toGenerateContentRequest({ messages: [hi], ...asked }, mapping)).toThrow(
      expect.objectContaining({ code: "invalid-request", provider: "google", message: expect.stringContaining(words) as string }),
    );
  });

  test("more than five stop sequences are unsupported", () => {
    expect(() => translate({ stopSequences: ["a", "b", "c", "d", "e", "f"] })).toThrow(expect.objectContaining({ code: "unsupported" }));
  });
});

describe("providerOptions.gemini", () => {
  test("settings go to their places, and replace what the port's own settings say", () => {
    const safetySettings = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }];
    const { request, extraBody } = translate({
      reasoning: "high",
      providerOptions: { gemini: { topK: 3, thinkingConfig: { thinkingBudget: 99 }, safetySettings, store: false, extraBody: { a: 1 } } },
    });
    expect(request).toMatchObject({ generationConfig: { topK: 3, thinkingConfig: { thinkingBudget: 99 } }, safetySettings, store: false });
    expect(request.generationConfig?.thinkingConfig).toEqual({ thinkingBudget: 99 });
    expect(extraBody).toEqual({ a: 1 });
  });

  test("the server's tools stand behind the request's", () => {
    const tools = [{ name: "weather", inputSchema: { type: "object" } }];
    const { request } = translate({
      tools,
      toolChoice: "auto",
      providerOptions: { gemini: { tools: [{ googleSearch: {} }], toolConfig: { includeServerSideToolInvocations: true } } },
    });
    expect(request.tools).toEqual([
      { functionDeclarations: [{ name: "weather", parametersJsonSchema: { type: "object" } }] },
      { googleSearch: {} },
    ]);
    expect(request.toolConfig).toEqual({ functionCallingConfig: { mode: "AUTO" }, includeServerSideToolInvocations: true });
  });

  test.each([
    [{ topk: 3 }, "unsupported", "Did you mean topK?"],
    [{ candidateCount: 2 }, "unsupported", "carries one answer"],
    [{ topK: "3" }, "invalid-request", "providerOptions.gemini.topK"],
    [{ thinkingConfig: { budget: 1 } }, "invalid-request", "has no field budget"],
  ])("%o is refused", (options, code, words) => {
    expect(() => optionsOf(options)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) as string }));
  });

  test("two ways to say what the answer must look like are refused", () => {
    const output = { name: "x", schema: {} };
    expect(() => translate({ output, providerOptions: { gemini: { responseMimeType: "text/plain" } } })).toThrow("both say");
  });
});
