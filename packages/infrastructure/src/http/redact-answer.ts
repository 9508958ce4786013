import type { AssistantMessage, AssistantPart, JsonObject, ProviderMetadata } from "@chatport/domain";
import { isJsonObject, parseJson } from "./json.js";
import type { Redact } from "./redaction.js";

/** What had arrived of an answer, fit for an exception: a server that echoes the key in its answer must not bring it into a log. */
export function redactAnswer(message: AssistantMessage, redact: Redact): AssistantMessage {
  const told = JSON.stringify(message);
  return redact(told) === told ? message : { role: "assistant", content: message.content.map((part) => redactPart(part, redact)) };
}

function redactPart(part: AssistantPart, redact: Redact): AssistantPart {
  const metadata = redactMetadata(part.providerMetadata, redact);
  switch (part.type) {
    case "text":
    case "reasoning":
    case "refusal":
      return { ...part, ...metadata, text: redact(part.text) };
    case "tool-call":
    case "invalid-tool-call":
      // With its arguments changed, a call is no longer the one that the model made.
      return { ...metadata, type: "invalid-tool-call", id: redact(part.id), name: redact(part.name), json: redact(part.json) };
    case "provider":
      return { ...part, ...metadata, data: redactObject(part.data, redact) };
  }
}

function redactMetadata(metadata: ProviderMetadata | undefined, redact: Redact): { readonly providerMetadata?: ProviderMetadata } {
  if (metadata === undefined) return {};
  return { providerMetadata: Object.fromEntries(Object.entries(metadata).map(([vendor, data]) => [vendor, redactObject(data, redact)])) };
}

function redactObject(data: JsonObject, redact: Redact): JsonObject {
  const redacted = parseJson(redact(JSON.stringify(data)));
  return isJsonObject(redacted) ? redacted : {};
}
