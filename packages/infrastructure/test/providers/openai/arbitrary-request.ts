import type {
  AssistantPart,
  ChatRequest,
  FilePart,
  ImagePart,
  JsonObject,
  Message,
  ProviderMetadata,
  TextPart,
  ToolChoice,
  ToolResultPart,
} from "@chatport/domain";
import * as fc from "fast-check";

const word = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const jsonObject = record<JsonObject>(fc.dictionary(word, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }));
const callId = fc.constantFrom("call_1", "call_2", "call_3");

const answerMetadata = optional(
  record<ProviderMetadata>({
    openai: fc.oneof(jsonObject, fc.record({ reasoning_details: fc.array(jsonObject, { maxLength: 2 }), extra_content: jsonObject })),
    anthropic: optional(jsonObject),
  }),
);
const inputMetadata = optional(
  fc.constantFrom<ProviderMetadata>(
    {},
    { openai: { detail: "low" } },
    { openai: { prompt_cache_breakpoint: { mode: "explicit" } } },
    { anthropic: { cacheControl: { type: "ephemeral" } } },
  ),
);

const textPart = record<TextPart>({ type: fc.constant("text"), text: fc.string(), providerMetadata: inputMetadata });
const base64 = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("base64"));
const imagePart = record<ImagePart>({
  type: fc.constant("image"),
  mediaType: fc.constantFrom("image/png", "image/JPEG", "image/webp; q=1"),
  source: fc.oneof(fc.record({ base64 }), fc.record({ url: fc.webUrl() })),
  providerMetadata: inputMetadata,
});
const filePart = record<FilePart>({
  type: fc.constant("file"),
  mediaType: fc.constantFrom(
    "application/pdf",
    "text/plain",
    "text/csv",
    "audio/wav",
    "audio/mpeg",
    "image/png",
    "application/vnd.oasis.opendocument.text",
  ),
  source: fc.oneof(fc.record({ base64 }), fc.record({ url: base64.map((data) => `data:application/pdf;base64,${data}`) })),
  name: optional(word),
  providerMetadata: inputMetadata,
});

const assistantPart: fc.Arbitrary<AssistantPart> = fc.oneof(
  record<AssistantPart>({ type: fc.constant("text" as const), text: fc.string(), providerMetadata: answerMetadata }),
  record<AssistantPart>({ type: fc.constant("reasoning" as const), text: fc.string(), providerMetadata: answerMetadata }),
  record<AssistantPart>({ type: fc.constant("refusal" as const), text: fc.string(), providerMetadata: answerMetadata }),
  record<AssistantPart>({
    type: fc.constantFrom("tool-call" as const, "invalid-tool-call" as const),
    id: callId,
    name: word,
    input: jsonObject,
    json: fc.constantFrom("", "{}", '{"city":"Łódź"}', '{"city":'),
    providerMetadata: answerMetadata,
  }),
  record<AssistantPart>({
    type: fc.constant("provider" as const),
    vendor: fc.constantFrom("openai", "anthropic"),
    data: fc.oneof(
      jsonObject,
      fc.record({ function_call: fc.record({ name: word, arguments: fc.json() }) }),
      fc.constant<JsonObject>({ audio: { id: "audio_1", data: "AA==" } }),
      fc.constant<JsonObject>({ audio: [{ id: "audio_1" }, { data: "AA==" }] }),
    ),
    providerMetadata: answerMetadata,
  }),
);
const toolResult = record<ToolResultPart>({
  type: fc.constant("tool-result"),
  callId,
  name: word,
  content: fc.array(fc.oneof(textPart, imagePart), { maxLength: 3 }),
  isError: optional(fc.boolean()),
});

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant("system" as const), content: fc.array(textPart, { maxLength: 3 }) }),
  fc.record({ role: fc.constant("user" as const), content: fc.array(fc.oneof(textPart, imagePart, filePart), { maxLength: 4 }) }),
  fc.record({ role: fc.constant("assistant" as const), content: fc.array(assistantPart, { maxLength: 5 }) }),
  fc.record({ role: fc.constant("tool" as const), content: fc.array(toolResult, { minLength: 1, maxLength: 3 }) }),
);

const options = record<JsonObject>({
  frequencyPenalty: optional(fc.double({ min: -2, max: 2, noNaN: true })),
  logitBias: optional(fc.constant({ "50256": -100 })),
  logprobs: optional(fc.boolean()),
  topLogprobs: optional(fc.integer({ min: 0, max: 20 })),
  metadata: optional(fc.dictionary(word, word)),
  modalities: optional(fc.constant(["text"])),
  parallelToolCalls: optional(fc.boolean()),
  prediction: optional(fc.constant({ type: "content", content: "text" })),
  promptCacheKey: optional(word),
  reasoningEffort: optional(fc.constantFrom("minimal", "xhigh", null)),
  safetyIdentifier: optional(word),
  serviceTier: optional(fc.constantFrom("flex", "auto")),
  store: optional(fc.boolean()),
  streamOptions: optional(fc.constant({ include_obfuscation: false })),
  strictJsonSchema: optional(fc.boolean()),
  user: optional(word),
  verbosity: optional(fc.constantFrom("low", "high")),
  webSearchOptions: optional(fc.constant({ search_context_size: "low" })),
});

const tools = fc.uniqueArray(fc.constantFrom("weather", "search", "add"), { minLength: 1 }).chain((names) =>
  record<Pick<ChatRequest, "tools" | "toolChoice">>({
    tools: fc.constant(names.map((name) => ({ name, description: `${name}s`, inputSchema: { type: "object", properties: {} } }))),
    toolChoice: optional(fc.constantFrom<ToolChoice>("auto", "none", "required", { tool: names[0] ?? "" })),
  }),
);

/** Any request that Chat Completions can express. */
export const expressibleRequest: fc.Arbitrary<ChatRequest> = fc
  .tuple(
    record<ChatRequest>({
      messages: fc.array(message, { minLength: 1, maxLength: 6 }),
      model: optional(word),
      output: optional(fc.constant({ name: "answer", schema: { type: "object", properties: { sum: { type: "number" } } } })),
      maxOutputTokens: optional(fc.integer({ min: 1 })),
      temperature: optional(fc.double({ min: 0, max: 2, noNaN: true })),
      topP: optional(fc.double({ min: 0, max: 1, noNaN: true })),
      stopSequences: optional(fc.array(word, { maxLength: 4 })),
      seed: optional(fc.maxSafeInteger()),
      reasoning: optional(fc.constantFrom("none", "low", "medium", "high")),
      providerOptions: optional(record<Record<string, JsonObject>>({ openai: optional(options), google: optional(jsonObject) })),
    }),
    fc.oneof(tools, fc.constant({})),
  )
  .map(([request, declared]) => ({ ...request, ...declared }));

/** A value as JSON would carry it: without keys that are undefined, which exactOptionalPropertyTypes refuses. */
function record<Shape>(model: Readonly<Record<string, fc.Arbitrary<unknown>>> | fc.Arbitrary<unknown>): fc.Arbitrary<Shape> {
  const values = model instanceof fc.Arbitrary ? model : fc.record(model);
  return values.map((value) => JSON.parse(JSON.stringify(value)));
}
