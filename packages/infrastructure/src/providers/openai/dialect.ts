import type { RequestParameters } from "./models.js";

/** How a server's Chat Completions differ from OpenAI's own: what a preset says of a server, and a table may say of any. */
export interface Dialect {
  /**
   * The field that carries `maxOutputTokens`. Default `"max_completion_tokens"`, the only one that OpenAI's reasoning models take; many compatible servers know
   * `"max_tokens"` alone, which is the default of an `openai-compatible` table.
   */
  readonly maxTokensField?: MaxTokensField;
  /**
   * The role that system messages are sent with. Default `"system"`, which every server takes and OpenAI's reasoning models read as `"developer"`
   * (https://platform.openai.com/docs/api-reference/chat/create).
   */
  readonly systemRole?: SystemRole;
  /** Whether a streamed request asks for its usage (`stream_options.include_usage`). Default true; some servers refuse the field. */
  readonly streamUsage?: boolean;
  /** The field that carries `seed`. Default `"seed"`. */
  readonly seedField?: SeedField;
  /**
   * The field of an earlier answer that its reasoning text goes back in, as servers want it whose models go on thinking after a tool call. Default: none, and
   * the text stays at home.
   */
  readonly reasoningField?: ReasoningField;
  /** What ids of tool calls may be: `"any"`, up to 40 characters, or `"nine-alphanumerics"`. Others are rewritten. Default `"any"`. */
  readonly toolCallIds?: ToolCallIds;
  /** What the server does not take: a request that asks for it fails with `unsupported`. Default: nothing. */
  readonly unsupported?: readonly UnsupportedField[];
}

export type MaxTokensField = "max_completion_tokens" | "max_tokens";
export type SystemRole = "system" | "developer";
export type SeedField = "seed" | "random_seed";
export type ReasoningField = "reasoning_content" | "reasoning";
export type ToolCallIds = "any" | "nine-alphanumerics";
/** A parameter by its wire name, or the form of `response_format` that enforces a schema. */
export type UnsupportedField = keyof RequestParameters | "json_schema";
