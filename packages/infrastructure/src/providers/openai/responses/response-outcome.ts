import type { FinishReason, Json } from "@chatport/domain";
import { isTold } from "../../../http/error-document.js";
import type { WireResponse } from "./models/answer.js";

/** How a response ended: with an answer, whole or cut for a reason; with a failure; or not yet, as one that is made in the background. */
export type ResponseOutcome =
  | { readonly type: "answer"; readonly finishReason: FinishReason; readonly rawFinishReason: string }
  | { readonly type: "failure"; readonly error: Json | undefined; readonly status: string }
  | { readonly type: "unfinished"; readonly status: string };

/**
 * Reads the outcome from the response's status, or from the event that brought it where the response has none. One that holds an error has failed, whatever
 * its status says.
 *
 * @param event what the event says of the status
 */
export function outcomeOf({ status, error, incomplete_details: details }: WireResponse, event: string | undefined): ResponseOutcome {
  const reason = details?.reason || undefined;
  const told = status && !unfinished.has(status) ? status : (event ?? (status || (reason === undefined ? "completed" : "incomplete")));
  if (isTold(error)) return { type: "failure", error, status: told };
  if (failed.has(told)) return { type: "failure", error: undefined, status: told };
  if (unfinished.has(told)) return { type: "unfinished", status: told };
  if (told === "completed") return { type: "answer", finishReason: "stop", rawFinishReason: told };
  return { type: "answer", finishReason: reasons.get(reason ?? "") ?? "other", rawFinishReason: reason ?? told };
}

const failed: ReadonlySet<string> = new Set(["failed", "cancelled"]);
const unfinished: ReadonlySet<string> = new Set(["in_progress", "queued"]);

/** Why a response is `incomplete`; anything else is `other`, with the server's own word in `rawFinishReason`. */
const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ["max_output_tokens", "length"],
  ["max_tokens", "length"],
  ["content_filter", "content-filter"],
]);
