import type { Json, JsonObject, ToolCallPart } from "@chatport/domain";
import { isJsonObject, parseJson } from "./json.js";

/**
 * The arguments of an earlier call, for an API that takes a JSON object and no text. Models write other values at times (OpenAI's API takes any text), which are
 * sent as the field `arguments` of an object.
 *
 * Where `json` says the same as `input`, numbers that would lose digits go out as the model spelled them, in engines that have `JSON.rawJSON` (Node 21, Chrome 114, Firefox 135,
 * Safari 18.4; https://github.com/tc39/proposal-json-parse-with-source): `12345678901234567890` stays what it is. In others they are the parsed numbers, which
 * have about 16 digits. The result is for `JSON.stringify`: in place of such a number it holds what that function writes verbatim.
 */
export function callArguments({ input, json }: Pick<ToolCallPart, "input" | "json">): JsonObject {
  const exact = exactOrParsed(json, input);
  return isJsonObject(input) && isJsonObject(exact) ? exact : { arguments: exact };
}

/** What nests too deeply for the exact reading, which takes more room on the stack, is sent as it was parsed. */
function exactOrParsed(json: string, input: Json): Json {
  try {
    const exact = withNumbersOf(json, input);
    if (exact !== input) JSON.stringify(exact);
    return exact;
  } catch {
    return input;
  }
}

function withNumbersOf(json: string, input: Json): Json {
  if (!mayLoseDigits.test(json) || !readsSources(engine)) return input;
  // An application may have changed the input, which then holds.
  const parsed = parseJson(json);
  if (parsed === undefined || JSON.stringify(parsed) !== JSON.stringify(input)) return input;
  const { rawJSON } = engine;
  return engine.parse(json, (_key, value, { source }) =>
    source !== undefined && typeof value === "number" && Number.isFinite(value) && String(value) !== source ? rawJSON(source) : value,
  );
}

/** Up to 15 digits a number is exact (IEEE 754). The pattern matches within texts, too, which costs a look and no more. */
const mayLoseDigits = /[\d.]{16}|\d[eE]/u;

/** What TypeScript's library does not declare yet. */
interface SourceReader {
  readonly rawJSON: (text: string) => JsonObject;
  readonly parse: (text: string, reviver: (key: string, value: Json, context: { readonly source?: string }) => Json) => Json;
}

const engine: object = JSON;

function readsSources(json: object): json is SourceReader {
  return "rawJSON" in json && typeof json.rawJSON === "function";
}
