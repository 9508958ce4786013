import type { ChatRequest, Json, Message } from "@chatport/domain";
import { canonicalJson } from "../../http/json.js";

/**
 * SHA-256 of a request, in hexadecimal: the same for requests that mean the same JSON, in whatever order their fields stand. Needs the platform's `crypto.subtle`, which
 * browsers offer to pages from a secure origin alone.
 */
export async function requestHash(request: ChatRequest): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(request));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was asked, for people who read a tape: roles, kinds of parts and their lengths, names of tools and settings. None of the content, which may be private. */
export function requestShape({ messages, model, tools, ...settings }: ChatRequest): Json {
  return {
    ...(model !== undefined && { model }),
    messages: messages.map(messageShape),
    ...(tools !== undefined && { tools: tools.map(({ name }) => name) }),
    ...(Object.keys(settings).length > 0 && { settings: Object.keys(settings) }),
  };
}

function messageShape({ role, content }: Message): Json {
  return { role, parts: content.map((part) => ("text" in part ? `${part.type}, ${part.text.length} characters` : part.type)) };
}
