import type { ChatRequest, Tool, ToolChoice } from "@chatport/domain";
import { requireCallable } from "../../../http/request-checks.js";
import type { FunctionDeclaration, GenerateContentRequest, RequestTool, ToolConfig } from "../models.js";

/** What `providerOptions.gemini` says of tools. */
export interface ServerTools {
  readonly tools?: readonly RequestTool[] | undefined;
  readonly toolConfig?: ToolConfig | undefined;
}

/**
 * The tools and which of them to call; the server's own tools stand behind the request's. Their JSON Schemas go out as they are. Without tools, "auto" and "none"
 * are left out: they say nothing then.
 *
 * @throws {RequestException} `invalid-request` when a tool must be called that the request does not declare.
 */
export function toolsOf(
  { tools = [], toolChoice }: ChatRequest,
  { tools: serverTools = [], toolConfig }: ServerTools,
  provider: string,
): Pick<GenerateContentRequest, "tools" | "toolConfig"> {
  const all = [...(tools.length === 0 ? [] : [{ functionDeclarations: tools.map(declarationOf) }]), ...serverTools];
  const config = { ...callingConfigOf(toolChoice, tools, provider), ...toolConfig };
  return { ...(all.length > 0 && { tools: all }), ...(Object.keys(config).length > 0 && { toolConfig: config }) };
}

function declarationOf({ name, description, inputSchema }: Tool): FunctionDeclaration {
  return { name, ...(description === undefined ? {} : { description }), parametersJsonSchema: inputSchema };
}

function callingConfigOf(choice: ToolChoice | undefined, tools: readonly Tool[], provider: string): ToolConfig {
  requireCallable(
    choice,
    tools.map(({ name }) => name),
    provider,
  );
  if (choice === undefined || tools.length === 0) return {};
  if (typeof choice === "string") return { functionCallingConfig: { mode: modes[choice] } };
  return { functionCallingConfig: { mode: "ANY", allowedFunctionNames: [choice.tool] } };
}

const modes = { auto: "AUTO", none: "NONE", required: "ANY" } as const;
