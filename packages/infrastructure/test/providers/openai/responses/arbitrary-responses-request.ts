import type { AssistantPart, ChatRequest, JsonObject, Message, ProviderMetadata } from "@chatport/domain";
import * as fc from "fast-check";
import { expressibleRequest } from "../arbitrary-request.js";

const text = fc.string({ maxLength: 12 });
const id = fc.constantFrom("item_1", "item_2", "item_3");
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** What is kept of items, as answers of the API leave it, and as it may have been damaged since. */
const item = jsonOf(
  fc.record({
    id: optional(id),
    status: optional(fc.constantFrom("completed", "incomplete")),
    type: optional(fc.constantFrom("reasoning", "message", "rubbish")),
    summary: optional(fc.oneof(text, fc.array(fc.record({ type: fc.constant("summary_text"), text })))),
    content: optional(fc.oneof(text, fc.array(fc.record({ type: fc.constant("reasoning_text"), text })))),
    encrypted_content: optional(fc.oneof(text, fc.constant(null))),
    phase: optional(fc.constant("commentary")),
  }),
);
const annotations = fc.oneof(
  text,
  fc.array(fc.oneof(fc.constant<JsonObject>({ type: "url_citation", url: "https://a.example" }), fc.constant(null))),
);
const metadata = jsonOf<ProviderMetadata>(
  fc.record({
    openai: jsonOf(
      fc.record({
        item: optional(fc.oneof({ weight: 4, arbitrary: item }, { weight: 1, arbitrary: text })),
        annotations: optional(annotations),
        logprobs: optional(fc.array(fc.record({ token: text }))),
        origin: optional(fc.constantFrom("https://api.openai.com", "https://other.example")),
      }),
    ),
  }),
);

const partAlone = jsonOf<AssistantPart>(
  fc.oneof(
    fc.record({ type: fc.constantFrom("text" as const, "refusal" as const, "reasoning" as const), text }),
    fc.record({
      type: fc.constantFrom("tool-call" as const, "invalid-tool-call" as const),
      id: fc.constantFrom("call_1", "call_2", "", "ł".repeat(65)),
      name: fc.constant("weather"),
      input: fc.constant({}),
      json: fc.constantFrom("", "{}", '{"city":'),
    }),
    fc.record({
      type: fc.constant("provider" as const),
      vendor: fc.constantFrom("openai", "anthropic"),
      data: fc.constantFrom<JsonObject>(
        { type: "web_search_call", id: "ws_1", status: "completed" },
        { type: "new_call", deep: [{}] },
        { type: "" },
        {},
      ),
    }),
  ),
);
const ownPart = fc
  .tuple(partAlone, optional(metadata))
  .map(([part, providerMetadata]): AssistantPart => (providerMetadata === undefined ? part : { ...part, providerMetadata }));

const options = jsonOf(
  fc.record({
    include: optional(fc.constantFrom(null, [], ["message.output_text.logprobs"], ["reasoning.encrypted_content"])),
    maxToolCalls: optional(fc.integer({ min: 1 })),
    metadata: optional(fc.dictionary(text, text, { maxKeys: 2 })),
    parallelToolCalls: optional(fc.boolean()),
    promptCacheKey: optional(text),
    promptCacheRetention: optional(fc.constantFrom("24h", null)),
    reasoningEffort: optional(fc.constantFrom("minimal", "xhigh")),
    reasoningSummary: optional(fc.constantFrom("detailed", null)),
    safetyIdentifier: optional(text),
    serverTools: optional(
      fc.constantFrom(
        [],
        [
          { type: "web_search", search_context_size: "low" },
          { type: "mcp", server_label: "a" },
        ],
      ),
    ),
    serviceTier: optional(fc.constantFrom("flex", "auto", null)),
    streamOptions: optional(fc.constant({ include_obfuscation: false })),
    strictJsonSchema: optional(fc.boolean()),
    topLogprobs: optional(fc.integer({ min: 0, max: 20 })),
    truncation: optional(fc.constantFrom("auto", "disabled")),
    user: optional(text),
    verbosity: optional(fc.constantFrom("low", "high")),
  }),
);

/** Any request that the Responses API can express: what Chat Completions can, without sound, stop sequences and a seed, and with answers of this API's own. */
export const expressibleResponsesRequest: fc.Arbitrary<ChatRequest> = fc
  .tuple(
    expressibleRequest,
    fc.array(fc.array(ownPart, { maxLength: 6 }), { maxLength: 2 }),
    optional(options),
    optional(fc.integer({ min: 16 })),
  )
  .map(
    ([
      { stopSequences: _stop, seed: _seed, maxOutputTokens: _tokens, providerOptions: _options, messages, ...asked },
      answers,
      openai,
      maxOutputTokens,
    ]) => ({
      ...asked,
      messages: [...messages.map(withoutSound), ...answers.map((content): Message => ({ role: "assistant", content }))],
      ...(openai !== undefined && { providerOptions: { openai } }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    }),
  );

function withoutSound(message: Message): Message {
  if (message.role !== "user") return message;
  return { ...message, content: message.content.filter((part) => part.type !== "file" || !part.mediaType.startsWith("audio/")) };
}

/** A value as JSON would carry it: without keys that are undefined. */
function jsonOf<Shape = JsonObject>(values: fc.Arbitrary<unknown>): fc.Arbitrary<Shape> {
  return values.map((value) => JSON.parse(JSON.stringify(value)));
}
