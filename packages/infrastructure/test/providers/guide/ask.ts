import { complete, type Message, userMessage } from "@chatport/domain";
import { createGuideProvider } from "../../../src/providers/guide/index.js";

/** The guide's answer to a question, or to a whole conversation. */
export async function ask(conversation: string | readonly Message[]): Promise<string> {
  const messages = typeof conversation === "string" ? [userMessage(conversation)] : conversation;
  return (await complete(createGuideProvider(), { messages })).text;
}

/** The heading that an answer begins with; undefined when it begins otherwise. */
export function headingOf(answer: string): string | undefined {
  return /^## (.+)$/m.exec(answer.split("\n", 1)[0] ?? "")?.[1];
}
