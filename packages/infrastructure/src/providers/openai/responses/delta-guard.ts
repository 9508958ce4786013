import { isAbsentOrNumber, isAbsentOrString } from "../../../http/wire-guards.js";

/** The events that answers are mostly made of: a piece of text, refusal, thinking or arguments. */
export type DeltaType =
  | "response.output_text.delta"
  | "response.refusal.delta"
  | "response.reasoning_summary_text.delta"
  | "response.reasoning_text.delta"
  | "response.function_call_arguments.delta";

/** Which output item an event belongs to. Servers leave one of the two out. */
export interface ItemPlace {
  readonly item_id?: string | null | undefined;
  readonly output_index?: number | null | undefined;
}

/** A piece of an output item, and where in the item it belongs. */
export interface UsualDelta extends ItemPlace {
  readonly type: DeltaType;
  readonly delta: string;
  readonly content_index?: number | null | undefined;
  readonly summary_index?: number | null | undefined;
}

/**
 * Whether a parsed event is a usual delta, and so sure to pass the schema. Stands in front of it because validating costs more than parsing; a property test
 * holds the two together: what the guard accepts, the schema accepts. It says no to whatever it does not know, and the schema decides.
 */
export function isUsualDelta(value: unknown): value is UsualDelta {
  if (typeof value !== "object" || value === null) return false;
  const event: Readonly<Partial<Record<keyof UsualDelta | "error" | "logprobs", unknown>>> = value;
  return (
    isDeltaType(event.type) &&
    typeof event.delta === "string" &&
    isAbsentOrString(event.item_id) &&
    isAbsentOrNumber(event.output_index) &&
    isAbsentOrNumber(event.content_index) &&
    isAbsentOrNumber(event.summary_index) &&
    event.error === undefined &&
    isAbsentOrEmpty(event.logprobs)
  );
}

export function isDeltaType(type: unknown): type is DeltaType {
  switch (type) {
    case "response.output_text.delta":
    case "response.refusal.delta":
    case "response.reasoning_summary_text.delta":
    case "response.reasoning_text.delta":
    case "response.function_call_arguments.delta":
      return true;
    default:
      return false;
  }
}

function isAbsentOrEmpty(value: unknown): boolean {
  return value == null || (Array.isArray(value) && value.length === 0);
}
