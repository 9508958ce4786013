import type { ChatRequest, Tool, ToolChoice } from "@chatport/domain";
import { requireCallable } from "../../../http/request-checks.js";
import type { MessagesRequest, RequestToolChoice, TypedObject } from "../models.js";

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
  const declared = { tools: [...tools.map(toolOf), ...serverTools] };
  requireCallable(
    toolChoice,
    declared.tools.map(({ name }) => (typeof name === "string" ? name : "")),
    provider,
  );
  if (declared.tools.length === 0) return {};
  const choice = toolChoiceOf(toolChoice ?? (disableParallelToolUse === undefined ? undefined : "auto"));
  if (choice === undefined) return declared;
  const single =
    disableParallelToolUse === undefined || choice.type === "none" ? {} : { disable_parallel_tool_use: disableParallelToolUse };
  return { ...declared, tool_choice: { ...choice, ...single } };
}

function toolOf({ name, description, inputSchema }: Tool): NonNullable<Tools["tools"]>[number] {
  return { name, ...(description !== undefined && { description }), input_schema: inputSchema };
}

function toolChoiceOf(choice: ToolChoice | undefined): RequestToolChoice | undefined {
  if (choice === undefined) return undefined;
  if (choice === "auto" || choice === "none") return { type: choice };
  return choice === "required" ? { type: "any" } : { type: "tool", name: choice.tool };
}
