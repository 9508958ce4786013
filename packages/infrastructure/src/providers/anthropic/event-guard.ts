/** One of the events that streams are made of: a piece of text, thinking or tool arguments. */
export type UsualDelta =
  | { readonly index: number; readonly delta: { readonly type: "text_delta"; readonly text: string } }
  | { readonly index: number; readonly delta: { readonly type: "thinking_delta"; readonly thinking: string } }
  | { readonly index: number; readonly delta: { readonly type: "input_json_delta"; readonly partial_json: string } };

/**
 * Whether a parsed event is a usual delta, and so sure to pass the schemas. Stands in front of them because validating costs more than parsing; a property test
 * holds the two together: what the guard accepts, the schemas accept. It says no to whatever it does not know, and the schemas decide.
 */
export function isUsualDelta(value: unknown): value is UsualDelta {
  if (typeof value !== "object" || value === null) return false;
  const event: Readonly<{ type?: unknown; index?: unknown; delta?: unknown; error?: unknown }> = value;
  // `1e999` is valid JSON and no finite number.
  if (event.type !== "content_block_delta" || !Number.isFinite(event.index) || event.error !== undefined) return false;
  return isDelta(event.delta);
}

function isDelta(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const delta: Readonly<{ type?: unknown; text?: unknown; thinking?: unknown; partial_json?: unknown }> = value;
  switch (delta.type) {
    case "text_delta":
      return typeof delta.text === "string";
    case "thinking_delta":
      return typeof delta.thinking === "string";
    case "input_json_delta":
      return typeof delta.partial_json === "string";
    default:
      return false;
  }
}
