import type { JsonObject } from "@chatport/domain";

/** Whether a provider part's data is a part of a content, which a request has a place for (https://ai.google.dev/api/caching#Part). */
export function isContentPart(data: object): boolean {
  return dataKeys.some((key) => key in data);
}

const dataKeys = ["inlineData", "fileData", "executableCode", "codeExecutionResult", "toolCall", "toolResponse"];
const sentKeys: ReadonlySet<string> = new Set([...dataKeys, "thought", "mediaResolution", "videoMetadata", "partMetadata"]);

/** What of it is sent: what the API may add to its answers later is not. */
export function contentPartFields(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([key]) => sentKeys.has(key)));
}
