import type { ChatRequest, Tool, ToolChoice } from "@chatport/domain";
import type { MessagesRequest, RequestToolChoice, TypedObject } from "../models.js";
import { invalidRequest } from "./failures.js";

/** Settings of tools that only this API knows. */
interface ToolSettings {
  readonly serverTools: readonly TypedObject[];
  readonly disableParallelToolUse: boolean | undefined;
}

type Tools = Pick<MessagesRequest, "tools" | "tool_choice">;

/**
 * The tools and which of them to call. Without tools, "auto" and "none" are left out: they say nothing then.
 *
 * @throws {RequestException} `invalid-request` when a tool must be called that the request does not declare.
 */
export function toolsOf(
  { tools = [], toolChoice }: ChatRequest,
  { serverTools, disableParallelToolUse }: ToolSettings,
  provider: string,
): Tools {
  if (tools.length + serverTools.length === 0) {
    if (toolChoice === undefined || toolChoice === "auto" || toolChoice === "none") return {};
    throw invalidRequest(provider, "toolChoice asks for a tool call, but the request declares no tools.");
  }
  const declared = { tools: [...tools.map(toolOf), ...serverTools] };
  const choice = toolChoiceOf(toolChoice ?? (disableParallelToolUse === undefined ? undefined : "auto"), declared.tools, provider);
  if (choice === undefined) return declared;
  const single =
    disableParallelToolUse === undefined || choice.type === "none" ? {} : { disable_parallel_tool_use: disableParallelToolUse };
  return { ...declared, tool_choice: { ...choice, ...single } };
}

function toolOf({ name, description, inputSchema }: Tool): NonNullable<Tools["tools"]>[number] {
  return { name, ...(description !== undefined && { description }), input_schema: inputSchema };
}

function toolChoiceOf(
  choice: ToolChoice | undefined,
  declared: NonNullable<Tools["tools"]>,
  provider: string,
): RequestToolChoice | undefined {
  if (choice === undefined) return undefined;
  if (choice === "auto" || choice === "none") return { type: choice };
  if (choice === "required") return { type: "any" };
  const names = declared.flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  if (names.includes(choice.tool)) return { type: "tool", name: choice.tool };
  throw invalidRequest(
    provider,
    `toolChoice names the tool "${choice.tool}", which is not among the request's tools: ${names.join(", ")}.`,
  );
}
