import type { FinishReason, Json } from "@chatport/domain";
import { isTold } from "../../../http/error-document.js";
import { isFailure, toFinishReason } from "../finish-reason.js";
import type { WireResponse } from "./models/answer.js";

/** How a response ended: with an answer, whole or cut for a reason; with a failure; or not yet, as one that is made in the background. */
export type ResponseOutcome =
  | { readonly type: "answer"; readonly finishReason: FinishReason; readonly rawFinishReason: string }
  | { readonly type: "failure"; readonly error: Json | undefined; readonly status: string }
  | { readonly type: "unfinished"; readonly status: string };

/**
 * Reads the outcome from what the event, the response's status and `incomplete_details` say of it. Where they differ, the worst counts: an answer that was cut is
 * never whole. One that holds an error has failed, whatever its status says; that it is still made, beside an event that ends it, says nothing. Gateways put a
 * finish reason of Chat Completions in the status' place ("stop", github.com/BerriAI/litellm/issues/15714).
 *
 * @param event what the event says of the status
 */
export function outcomeOf({ status, error, incomplete_details: details }: WireResponse, event: string | undefined): ResponseOutcome {
  const reason = details?.reason || undefined;
  const told = worstOf([event, status || undefined, reason === undefined ? undefined : "incomplete"]);
  if (isTold(error)) return { type: "failure", error, status: told };
  if (hasFailed(told)) return { type: "failure", error: undefined, status: told };
  if (unfinished.has(told)) return { type: "unfinished", status: told };
  if (told === "completed") return { type: "answer", finishReason: "stop", rawFinishReason: told };
  return { type: "answer", finishReason: reasons.get(reason ?? "") ?? toFinishReason(told), rawFinishReason: reason ?? told };
}

function worstOf(words: readonly (string | undefined)[]): string {
  const said = words.filter((word) => word !== undefined);
  const isCut = (word: string): boolean => word === "incomplete" || ["length", "content-filter"].includes(toFinishReason(word));
  return said.find(hasFailed) ?? said.find(isCut) ?? said[0] ?? "completed";
}

function hasFailed(word: string): boolean {
  return failed.has(word) || isFailure(word);
}

const failed: ReadonlySet<string> = new Set(["failed", "cancelled"]);
const unfinished: ReadonlySet<string> = new Set(["in_progress", "queued"]);

/** Why a response is `incomplete`; anything else is `other`, with the server's own word in `rawFinishReason`. */
const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ["max_output_tokens", "length"],
  ["max_tokens", "length"],
  ["content_filter", "content-filter"],
]);
