import type { ChatRequest } from "@chatport/domain";
import { requireCallable, unsupported } from "../../../http/request-checks.js";
import type { RequestTool } from "../models.js";

/**
 * The tools. Ollama has no field for the choice among them: "auto" is what it does, for "none" the tools are left out, and a call cannot be required.
 *
 * @throws {RequestException} `unsupported` for a choice that cannot be expressed, `invalid-request` when a tool must be called that the request does not declare.
 */
export function toolsOf({ tools = [], toolChoice = "auto" }: ChatRequest, provider: string): { tools?: RequestTool[] } {
  requireCallable(
    toolChoice,
    tools.map(({ name }) => name),
    provider,
  );
  if (toolChoice !== "auto" && toolChoice !== "none") {
    throw unsupported(
      provider,
      "toolChoice requires a tool call, which Ollama cannot be told. Leave it out, and ask for the call in words.",
    );
  }
  if (tools.length === 0 || toolChoice === "none") return {};
  return {
    tools: tools.map(({ name, description, inputSchema }) => ({
      type: "function",
      function: { name, ...(description !== undefined && { description }), parameters: inputSchema },
    })),
  };
}
