import type { Json } from "@chatport/domain";
import { isJsonObject } from "./json.js";

/**
 * Whether JSON that is no answer says that something went wrong: in one of the forms that servers report errors in, as far as they can be told from any other
 * document. What reports nothing is a document of the wrong shape, not a failure of the server's.
 */
export function tellsOfError(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(tellsOfError);
  if (!isJsonObject(value)) return typeof value === "string" && value !== "";
  if (value["success"] === false || value["object"] === "error" || value["type"] === "error") return true;
  return wordKeys.some((key) => isTold(value[key]));
}

/** Whether a field that reports errors does so: null, false and the empty string report none. */
export function isTold(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== false;
}

const wordKeys = [
  "error",
  "errors",
  "err",
  "fault",
  "message",
  "msg",
  "Message",
  "detail",
  "error_description",
  "error_message",
  "errorMessage",
  "status_msg",
  "title",
];
