import { assistantMessage, type Message, systemMessage, userMessage } from "@chatport/domain";

/** A talk of texts alone, with a system message in its middle. */
export const plainTalk: readonly Message[] = [
  systemMessage("Be brief."),
  userMessage("hi"),
  assistantMessage("Yes?"),
  systemMessage("Be long."),
  userMessage("go"),
];

/** The same talk as the APIs have it whose messages are a role and a content. */
export const plainTalkOnWire = [
  { role: "system" as const, content: "Be brief." },
  { role: "user" as const, content: "hi" },
  { role: "assistant" as const, content: "Yes?" },
  { role: "system" as const, content: "Be long." },
  { role: "user" as const, content: "go" },
];
