import type { ChatProvider, ChatRequest } from "@chatport/domain";
import { answeringProvider } from "./answering-provider.js";
import type { GuideConfig } from "./guide-config.js";

/**
 * The embedded default: answers from Chatport's own manual, offline, and says that it is no language model. Needs no key, makes no request and reads no file;
 * the manual and its index load at the first answer. It has no capabilities, so whatever asks for one fails with `unsupported`.
 */
export function createGuideProvider({ name = "guide" }: GuideConfig = {}): ChatProvider {
  return answeringProvider(name, answerFromManual);
}

async function answerFromManual(request: ChatRequest): Promise<string> {
  const { answerFromOwnManual } = await import("./own-manual.js");
  return answerFromOwnManual(request);
}
