import type { ChatRequest, Tool, ToolChoice } from "@chatport/domain";
import type { ChatCompletionRequest, RequestTool, RequestToolChoice } from "../models.js";
import { invalidRequest } from "./failures.js";

/**
 * The tools and which of them to call. Without tools, "auto" and "none" are left out: they say nothing then, and servers refuse them.
 *
 * @throws {RequestException} `invalid-request` when a tool must be called that the request does not declare.
 */
export function toolsOf({ tools = [], toolChoice }: ChatRequest, provider: string): Partial<ChatCompletionRequest> {
  if (tools.length === 0) {
    if (toolChoice === undefined || toolChoice === "auto" || toolChoice === "none") return {};
    throw invalidRequest(provider, "toolChoice asks for a tool call, but the request declares no tools.");
  }
  const declared = { tools: tools.map(toolOf) };
  return toolChoice === undefined ? declared : { ...declared, tool_choice: toolChoiceOf(toolChoice, tools, provider) };
}

function toolOf({ name, description, inputSchema }: Tool): RequestTool {
  return { type: "function", function: { name, ...(description === undefined ? {} : { description }), parameters: inputSchema } };
}

function toolChoiceOf(choice: ToolChoice, tools: readonly Tool[], provider: string): RequestToolChoice {
  if (typeof choice === "string") return choice;
  const names = tools.map(({ name }) => name);
  if (!names.includes(choice.tool)) {
    throw invalidRequest(
      provider,
      `toolChoice names the tool "${choice.tool}", which is not among the request's tools: ${names.join(", ")}.`,
    );
  }
  return { type: "function", function: { name: choice.tool } };
}
