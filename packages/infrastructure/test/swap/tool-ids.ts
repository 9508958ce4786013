import { isJsonObject } from "../../src/http/json.js";

/** The ids of calls and of results in a request of any vendor, in their order. */
export interface ToolIds {
  readonly calls: readonly unknown[];
  readonly results: readonly unknown[];
}

/** Finds them by the names that the vendors have for them, wherever they stand. */
export function toolIdsIn(value: unknown): ToolIds {
  const calls: unknown[] = [];
  const results: unknown[] = [];
  const visit = (node: unknown, key: string): void => {
    if (Array.isArray(node)) for (const item of node) visit(item, key);
    if (!isJsonObject(node)) return;
    // Chat Completions and Ollama; Gemini; the Messages API; Responses.
    if (key === "tool_calls" || key === "functionCall" || node["type"] === "tool_use") calls.push(node["id"]);
    if (key === "functionResponse") results.push(node["id"]);
    if (node["role"] === "tool") results.push(node["tool_call_id"]);
    if (node["type"] === "tool_result") results.push(node["tool_use_id"]);
    if (node["type"] === "function_call") calls.push(node["call_id"]);
    if (node["type"] === "function_call_output") results.push(node["call_id"]);
    for (const [name, child] of Object.entries(node)) visit(child, name);
  };
  visit(value, "");
  return { calls, results };
}
