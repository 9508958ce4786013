import type { Json } from "@chatport/domain";
import { isJsonObject, parseJson } from "../http/json.js";

/** The field of a chat request that most APIs are asked for a stream with. */
export function streamFieldOf(body: string): Json | undefined {
  const request = parseJson(body);
  return isJsonObject(request) ? request["stream"] : undefined;
}
