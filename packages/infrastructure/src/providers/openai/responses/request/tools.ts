import type { ChatRequest, Tool, ToolChoice } from "@chatport/domain";
import { invalidRequest, requireCallable } from "../../../../http/request-checks.js";
import type { ResponsesRequest } from "../models/request.js";
import type { ResponsesTool, ResponsesToolChoice, ServerTool } from "../models/request-tool.js";

/** What the options say of tools, beside the request's own. */
export interface ServerTools {
  readonly serverTools?: readonly ServerTool[] | undefined;
  readonly toolChoice?: ResponsesToolChoice | undefined;
}

/**
 * The request's tools, then the server's own, and which of them to call. Without any, "auto" and "none" are left out: they say nothing then. A function's schema
 * is not enforced, as in Chat Completions, which has to be said: the API's default is to enforce it
 * (https://platform.openai.com/docs/guides/function-calling#strict-mode).
 *
 * @throws {RequestException} `invalid-request` when a tool must be called that the request does not declare, or is chosen in two places.
 */
export function toolsOf(
  { tools = [], toolChoice }: ChatRequest,
  { serverTools = [], toolChoice: wireChoice }: ServerTools,
  provider: string,
): Pick<ResponsesRequest, "tools" | "tool_choice"> {
  if (toolChoice !== undefined && wireChoice !== undefined) {
    throw invalidRequest(provider, "toolChoice and providerOptions.openai.toolChoice both say which tool to call; set one of them.");
  }
  const declared: ResponsesTool[] = [...tools.map(toolOf), ...serverTools];
  // What the wire's own choice names is the server's affair.
  requireCallable(wireChoice === undefined ? toolChoice : "required", declared.map(nameOf), provider);
  const choice = wireChoice ?? wireChoiceOf(toolChoice);
  return declared.length === 0 ? {} : { tools: declared, ...(choice !== undefined && { tool_choice: choice }) };
}

function toolOf({ name, description, inputSchema }: Tool): ResponsesTool {
  return { type: "function", name, ...(description !== undefined && { description }), parameters: inputSchema, strict: false };
}

function nameOf(tool: ResponsesTool): string {
  return tool.type === "function" && typeof tool["name"] === "string" ? tool["name"] : "";
}

function wireChoiceOf(choice: ToolChoice | undefined): ResponsesToolChoice | undefined {
  return typeof choice === "object" ? { type: "function", name: choice.tool } : choice;
}
