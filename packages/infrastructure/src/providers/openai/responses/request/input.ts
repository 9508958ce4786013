import type { Message } from "@chatport/domain";
import { adaptHistory, type HistoryRules } from "../../../../http/history.js";
import type { SystemRole } from "../../dialect.js";
import { unsupported } from "../../../../http/request-checks.js";
import type { InputItem } from "../models/request-input.js";
import { answerItemsOf } from "./answer-items.js";
import { inputContentOf, systemContentOf } from "./input-content.js";
import { toolOutputsOf } from "./tool-outputs.js";

/** How a conversation is written, and in whose name an exception is thrown. */
export interface InputMapping {
  readonly provider: string;
  readonly systemRole: SystemRole;
  readonly history: HistoryRules;
}

/**
 * The conversation as items of `input`, in its order, adapted to what the server takes back. An answer of which nothing is left is passed over; alone it is sent
 * for the server to judge, as one without anything is.
 *
 * @throws {RequestException} `unsupported`, naming the part's place.
 */
export function inputOf(given: readonly Message[], mapping: InputMapping): InputItem[] {
  const { messages } = adaptHistory(given, mapping.history);
  const items = messages.flatMap((message, index) => {
    const all = itemsOf(message, mapping, `messages[${index}]`);
    const written = thoughtsIn(message) < thoughtsIn(given[index]) ? all.map(withoutPairedId) : all;
    return written.length === 0 && given[index]?.role === "assistant" && given[index].content.length === 0 ? [emptyAnswer] : written;
  });
  return items.length === 0 && messages.length > 0 ? [emptyAnswer] : withUniqueIds(items);
}

function thoughtsIn(message: Message | undefined): number {
  return message?.role === "assistant" ? message.content.filter(({ type }) => type === "reasoning").length : 0;
}

/**
 * The server knows which calls and messages it paired with reasoning, and refuses their ids where that is not sent along
 * (github.com/0xPlaygrounds/rig/issues/751). Where thoughts stay at home, as another model's do, a call goes without its id, and a message, which has to have
 * one, with one that the server has not given out.
 */
function withoutPairedId(item: InputItem): InputItem {
  if (!("type" in item) || !("id" in item) || typeof item["id"] !== "string") return item;
  const { id, ...rest } = item;
  if (item.type === "function_call") return rest;
  return item.type === "message" ? { ...item, id: `${id}_apart` } : item;
}

/**
 * Items of which none repeats another's id: a later one goes without it. "Duplicate item found with id msg_4. Remove duplicate items from your input"
 * (github.com/earendil-works/pi/issues/5149): gateways number the items of each answer anew, and a caller may send an answer twice.
 */
function withUniqueIds(items: readonly InputItem[]): InputItem[] {
  const taken = new Set<string>();
  return items.map((item) => {
    if (!("id" in item) || typeof item["id"] !== "string") return item;
    const { id, ...rest } = item;
    if (taken.has(id)) return rest;
    taken.add(id);
    return item;
  });
}

const emptyAnswer: InputItem = { role: "assistant", content: "" };

function itemsOf(message: Message, { provider, systemRole }: InputMapping, place: string): InputItem[] {
  switch (message.role) {
    case "system":
      return [{ role: systemRole, content: systemContentOf(message.content, provider, place) }];
    case "user":
      return [{ role: "user", content: inputContentOf(message.content, provider, place) }];
    case "assistant":
      return answerItemsOf(message.content, provider, place);
    case "tool":
      return toolOutputsOf(message, provider, place);
    default:
      throw unknownRole(message, provider, place);
  }
}

function unknownRole(message: never, provider: string, place: string): Error {
  return unsupported(
    provider,
    `${place} is ${JSON.stringify(message).slice(0, 80)}: a message has the role system, user, assistant or tool.`,
  );
}
