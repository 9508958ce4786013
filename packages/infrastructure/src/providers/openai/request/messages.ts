import type { Message, SystemMessage, ToolMessage } from "@chatport/domain";
import { adaptHistory, type HistoryRules } from "../../../http/history.js";
import type { ReasoningField, SystemRole } from "../dialect.js";
import type { RequestMessage } from "../models.js";
import { assistantMessageOf } from "./assistant-message.js";
import { unsupported } from "../../../http/request-checks.js";
import { toolMessagesOf } from "./tool-results.js";
import { textContentOf, userContentOf } from "./user-content.js";

/** Where an exception says that it happened, and in whose name. */
interface MessageMapping {
  readonly provider: string;
  readonly systemRole: SystemRole;
  readonly reasoningField?: ReasoningField;
  readonly history: HistoryRules;
}

/**
 * The conversation in wire messages, in its order, adapted to what the server takes back. Consecutive tool messages become one wire message a result; see {@link toolMessagesOf}.
 *
 * @throws {RequestException} `unsupported`, naming the part's place.
 */
export function messagesOf(given: readonly Message[], mapping: MessageMapping): RequestMessage[] {
  const { messages } = adaptHistory(given, mapping.history);
  // Servers refuse an answer without content; alone it is sent for the server to judge.
  const isPassedOver = (message: Message, index: number): boolean =>
    message.role === "assistant" && message.content.length === 0 && given[index]?.content.length !== 0;
  const areAllPassedOver = messages.every(isPassedOver);
  const mapped: RequestMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const place = `messages[${index}]`;
    switch (message.role) {
      case "system":
        mapped.push(systemMessageOf(message, mapping, place));
        break;
      case "user":
        mapped.push({ role: "user", content: userContentOf(message.content, mapping.provider, place) });
        break;
      case "assistant":
        if (areAllPassedOver || !isPassedOver(message, index)) mapped.push(assistantMessageOf(message.content, mapping, place));
        break;
      case "tool":
        // A run of tool messages is mapped whole, at its first: images may follow only the last result.
        if (messages[index - 1]?.role !== "tool") mapped.push(...toolMessagesOf(runFrom(messages, index), mapping.provider, index));
        break;
      default:
        throw unknownRole(message, mapping.provider, place);
    }
  }
  return mapped;
}

function unknownRole(message: never, provider: string, place: string): Error {
  return unsupported(
    provider,
    `${place} is ${JSON.stringify(message).slice(0, 80)}: a message has the role system, user, assistant or tool.`,
  );
}

function runFrom(messages: readonly Message[], start: number): ToolMessage[] {
  const run: ToolMessage[] = [];
  for (let message = messages[start]; message?.role === "tool"; message = messages[start + run.length]) run.push(message);
  return run;
}

function systemMessageOf({ content }: SystemMessage, { provider, systemRole }: MessageMapping, place: string): RequestMessage {
  return { role: systemRole, content: textContentOf(content, provider, place) };
}
