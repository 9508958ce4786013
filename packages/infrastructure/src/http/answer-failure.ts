import { type ChatException, NetworkException, ParseException, ServerException, type TimeoutPhase } from "@chatport/domain";
import type { FailureContext } from "./failure.js";
import { lineOfPage, looksLikeMarkup } from "./html-page.js";
import { printable } from "./printable.js";
import type { DeadlinePassed } from "./watchdog.js";

const excerptChars = 500;
const shownChars = 200;

/** The answer is not what the API promises. The message quotes what came instead: a page's title, or the text's first words. */
export function malformed(what: string, text: string, retryable: boolean, context: FailureContext): ChatException {
  const said = printable(looksLikeMarkup(text) ? lineOfPage(text) : text, shownChars, context.redact);
  const excerpt = printable(text, excerptChars, context.redact);
  return new ParseException("malformed", said === "" ? `${what}.` : `${what}: ${said}`, {
    ...known(context),
    retryable,
    ...(excerpt !== "" && { excerpt }),
  });
}

/** The answer ended before its end marker. */
export function truncated(message: string, context: FailureContext): ChatException {
  return new NetworkException("truncated", message, known(context));
}

/** The server's finish reason says that it failed. */
export function gaveUp(finishReason: string, context: FailureContext): ChatException {
  const message = `The server gave up on the answer: finish reason "${finishReason}".`;
  return new ServerException("unavailable", message, { ...known(context), providerCode: finishReason });
}

/** A deadline passed. */
export function timedOut({ phase, afterMs }: DeadlinePassed, context: FailureContext): ChatException {
  return new NetworkException("timeout", `${waits[phase]} within ${afterMs} ms (the ${phase} deadline).`, { ...known(context), phase });
}

const waits: Readonly<Record<TimeoutPhase, string>> = {
  headers: "The server did not begin to answer",
  "first-token": "The server sent no part of its answer",
  idle: "The server stopped in the middle of its answer and sent nothing more",
  total: "The answer was not complete",
};

function known({
  provider,
  requestId,
  partial,
  usage,
}: FailureContext): Pick<FailureContext, "provider" | "requestId" | "partial" | "usage"> {
  return {
    provider,
    ...(requestId !== undefined && { requestId }),
    ...(partial !== undefined && { partial }),
    ...(usage !== undefined && { usage }),
  };
}
