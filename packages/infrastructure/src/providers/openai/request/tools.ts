import type { ChatRequest, Tool, ToolChoice } from "@chatport/domain";
import type { ChatCompletionRequest, RequestTool, RequestToolChoice } from "../models.js";
import { requireCallable } from "../../../http/request-checks.js";

/**
 * The tools and which of them to call. Without tools, "auto" and "none" are left out: they say nothing then, and servers refuse them.
 *
 * @throws {RequestException} `invalid-request` when a tool must be called that the request does not declare.
 */
export function toolsOf({ tools = [], toolChoice }: ChatRequest, provider: string): Partial<ChatCompletionRequest> {
  requireCallable(
    toolChoice,
    tools.map(({ name }) => name),
    provider,
  );
  if (tools.length === 0) return {};
  return { tools: tools.map(toolOf), ...(toolChoice !== undefined && { tool_choice: toolChoiceOf(toolChoice) }) };
}

function toolOf({ name, description, inputSchema }: Tool): RequestTool {
  return { type: "function", function: { name, ...(description === undefined ? {} : { description }), parameters: inputSchema } };
}

function toolChoiceOf(choice: ToolChoice): RequestToolChoice {
  return typeof choice === "string" ? choice : { type: "function", function: { name: choice.tool } };
}
