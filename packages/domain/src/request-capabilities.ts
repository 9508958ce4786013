import type { ChatCapability } from "./chat-capability.js";
import type { ChatRequest } from "./chat-provider.js";
import { RequestException } from "./chat-exception.js";
import type { Message } from "./message.js";

/**
 * Checks that an adapter can express what a request asks, before anything is sent: rule 8 of the completion contract. Empty lists ask for nothing, and so does a
 * tool choice of "auto" or "none". A file that is an image counts as one.
 *
 * @throws {RequestException} `unsupported`, naming the first field that the capabilities do not cover.
 */
export function requireCapabilities(request: ChatRequest, capabilities: ReadonlySet<ChatCapability>, provider: string): void {
  for (const { capability, field } of needsOf(request)) {
    if (capabilities.has(capability)) continue;
    const message = `${field}, which "${provider}" cannot be told (${capability}). Leave it out, or ask another provider.`;
    throw new RequestException("unsupported", message, { provider });
  }
}

interface Need {
  readonly capability: ChatCapability;
  /** The field and what it holds, to be read in a sentence. */
  readonly field: string;
}

function needsOf(request: ChatRequest): readonly Need[] {
  const { tools = [], toolChoice, output, reasoning, temperature, topP, stopSequences = [], seed, maxOutputTokens } = request;
  const demandsCall = toolChoice === "required" || typeof toolChoice === "object";
  const fields: readonly (readonly [capability: ChatCapability, field: string, isAsked: boolean])[] = [
    ["tools", `tools holds ${tools.length === 1 ? "a tool" : `${tools.length} tools`}`, tools.length > 0],
    ["tools", "toolChoice requires a tool call", demandsCall],
    ["structured-output", "output is set", output !== undefined],
    ["reasoning", `reasoning is "${reasoning}"`, reasoning !== undefined],
    ["sampling", `temperature is ${temperature}`, temperature !== undefined],
    ["sampling", `topP is ${topP}`, topP !== undefined],
    ["stop-sequences", "stopSequences is set", stopSequences.length > 0],
    ["seed", `seed is ${seed}`, seed !== undefined],
    ["max-output-tokens", `maxOutputTokens is ${maxOutputTokens}`, maxOutputTokens !== undefined],
  ];
  const asked = fields.flatMap(([capability, field, isAsked]) => (isAsked ? [{ capability, field }] : []));
  return [...asked, ...request.messages.flatMap((message, index) => needsOfMessage(message, `messages[${index}]`))];
}

function needsOfMessage(message: Message, place: string): readonly Need[] {
  return message.content.flatMap((part, index) => needsOfPart(part, `${place}.content[${index}]`));
}

function needsOfPart(part: Message["content"][number], place: string): readonly Need[] {
  switch (part.type) {
    case "image":
      return [{ capability: "image-input", field: `${place} is an image (${part.mediaType})` }];
    case "file":
      if (/^image\//iu.test(part.mediaType)) return [{ capability: "image-input", field: `${place} is an image (${part.mediaType})` }];
      return [{ capability: "file-input", field: `${place} is a file (${part.mediaType})` }];
    case "tool-call":
      return [{ capability: "tools", field: `${place} is a call of "${part.name}"` }];
    case "tool-result":
      return [
        { capability: "tools", field: `${place} is a result of "${part.name}"` },
        ...part.content.flatMap((held, index) => needsOfPart(held, `${place}.content[${index}]`)),
      ];
    default:
      // What else a message holds is text, is translated by the history's rules, or is refused by the mapping that meets it.
      return [];
  }
}
