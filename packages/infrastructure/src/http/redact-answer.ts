import type { AssistantMessage, AssistantPart, JsonObject, ProviderMetadata } from "@chatport/domain";
import { isJsonObject, parseJson } from "./json.js";
import type { Redact } from "./redaction.js";

/**
 * What had arrived of an answer, fit for an exception: a server that echoes the key in its answer must not bring it into a log. Each text is redacted by
 * itself, so that a key that was cut at a text's end is seen, too.
 */
export function redactAnswer(message: AssistantMessage, redact: Redact): AssistantMessage {
  return { role: "assistant", content: message.content.map((part) => redactPart(part, redact)) };
}

function redactPart(part: AssistantPart, redact: Redact): AssistantPart {
  const metadata = redactMetadata(part.providerMetadata, redact);
  switch (part.type) {
    case "text":
    case "reasoning":
    case "refusal":
      return { ...part, ...metadata, text: redact(part.text) };
    case "tool-call":
    case "invalid-tool-call": {
      const [id, name, json] = [redact(part.id), redact(part.name), redact(part.json)];
      if (id === part.id && name === part.name && json === part.json) return { ...part, ...metadata };
      // With its arguments changed, a call is no longer the one that the model made.
      return { ...metadata, type: "invalid-tool-call", id, name, json };
    }
    case "provider":
      return { ...part, ...metadata, data: redactObject(part.data, redact) };
  }
}

function redactMetadata(metadata: ProviderMetadata | undefined, redact: Redact): { readonly providerMetadata?: ProviderMetadata } {
  if (metadata === undefined) return {};
  return { providerMetadata: Object.fromEntries(Object.entries(metadata).map(([vendor, data]) => [vendor, redactObject(data, redact)])) };
}

function redactObject(data: JsonObject, redact: Redact): JsonObject {
  const text = JSON.stringify(data);
  const shown = redact(text);
  if (shown === text) return data;
  const redacted = parseJson(shown);
  return isJsonObject(redacted) ? redacted : {};
}
