import type { Usage } from "@chatport/domain";
import type { ScriptedAnswer, ScriptedEnd, ScriptedError, ScriptedStep } from "@chatport/domain/testing";
import { detailsOf, emptied, innerPlace, itemId, itemOf, type ItemStep, responseOf, statusOf } from "./openai-responses-items.js";

/**
 * Says an answer in the server-sent events of OpenAI's Responses API (https://platform.openai.com/docs/api-reference/responses-streaming): every step that says
 * something is an output item of its own, and the end brings the whole response.
 */
export class ResponsesEncoder {
  readonly #script: ScriptedAnswer;
  readonly #echo: string;
  readonly #output: object[] = [];
  #usage: Usage | undefined;
  #sequence = 0;

  constructor(script: ScriptedAnswer, echo: string) {
    this.#script = script;
    this.#echo = echo;
  }

  encode(step: ScriptedStep, next: ScriptedStep | undefined): readonly string[] {
    const start = this.#sequence === 0 ? [this.#lifecycle("created"), this.#lifecycle("in_progress")] : [];
    return [...start, ...this.#step(step, next)];
  }

  #step(step: ScriptedStep, next: ScriptedStep | undefined): readonly string[] {
    switch (step.type) {
      case "text":
      case "reasoning":
      case "refusal":
      case "tool-call":
        return this.#item(step);
      case "usage":
        this.#usage = step.usage;
        return [this.#lifecycle("in_progress")];
      case "end":
        // Nothing but the end itself tells why an answer ended, so an error comes in its place.
        return next?.type === "error" ? [] : [this.#event(`response.${statusOf(step)}`, { response: this.#response(step) })];
      case "error":
        return [this.#event("error", { error: errorFields(step, this.#echo) })];
      default:
        return [];
    }
  }

  #item(step: ItemStep): readonly string[] {
    const output_index = this.#output.length;
    const whole = itemOf(step, output_index, step.deltas.join(""));
    const begun = { ...itemOf(step, output_index, ""), ...emptied(step), status: "in_progress" };
    this.#output.push(whole);
    const place = { item_id: itemId(step, output_index), output_index, ...innerPlace(step) };
    const [name, final] = pieceEvents[step.type];
    return [
      this.#event("response.output_item.added", { output_index, item: begun }),
      ...step.deltas.map((delta) => this.#event(`response.${name}.delta`, { ...place, delta })),
      this.#event(`response.${name}.done`, { ...place, [final]: step.deltas.join("") }),
      this.#event("response.output_item.done", { output_index, item: whole }),
    ];
  }

  #lifecycle(status: "created" | "in_progress"): string {
    return this.#event(`response.${status}`, { response: responseOf(this.#script, "in_progress", [], this.#usage) });
  }

  #response(end: ScriptedEnd): object {
    return { ...responseOf(this.#script, statusOf(end), this.#output, this.#usage), incomplete_details: detailsOf(end) };
  }

  #event(type: string, fields: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.#sequence++, ...fields })}\n\n`;
  }
}

/** The whole answer that the steps up to the end make. */
export function wholeResponse(script: ScriptedAnswer): object {
  const { steps } = script;
  const items = steps.filter((step) => isItem(step));
  const end = steps.find((step) => step.type === "end") ?? { type: "end" };
  const usage = steps.findLast((step) => step.type === "usage")?.usage;
  const output = items.map((step, index) => itemOf(step, index, step.deltas.join("")));
  return { ...responseOf(script, statusOf(end), output, usage), incomplete_details: detailsOf(end) };
}

/** An error's status, headers and body. */
export function errorAnswer(step: ScriptedError, echo: string): { status: number; headers: Record<string, string>; body: string } {
  const retryAfter = step.retryAfterMs === undefined ? {} : { "retry-after-ms": String(step.retryAfterMs) };
  return { status: errors[step.kind].status, headers: retryAfter, body: JSON.stringify({ error: errorFields(step, echo) }) };
}

const errors = {
  authentication: { status: 401, type: "invalid_request_error", code: "invalid_api_key" },
  "rate-limit": { status: 429, type: "tokens", code: "rate_limit_exceeded" },
  "invalid-request": { status: 400, type: "invalid_request_error", code: "invalid_value" },
  unavailable: { status: 503, type: "server_error", code: "server_error" },
} as const;

const pieceEvents = {
  text: ["output_text", "text"],
  refusal: ["refusal", "refusal"],
  reasoning: ["reasoning_summary_text", "text"],
  "tool-call": ["function_call_arguments", "arguments"],
} as const;

function errorFields({ kind, message }: ScriptedError, echo: string): object {
  const { type, code } = errors[kind];
  return { type, code, message: `${message}${echo}`, param: null };
}

function isItem(step: ScriptedStep): step is ItemStep {
  return "deltas" in step;
}
