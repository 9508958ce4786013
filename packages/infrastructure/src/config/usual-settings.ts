import { defaultDeadlines } from "../http/deadlines.js";
import { defaultLimits } from "../http/limits.js";
import { defaultBaseUrl as anthropicBaseUrl } from "../providers/anthropic/anthropic-config.js";
import { defaultBaseUrl as geminiBaseUrl } from "../providers/gemini/gemini-config.js";
import { defaultBaseUrl as ollamaBaseUrl } from "../providers/ollama/ollama-config.js";
import { defaultBaseUrl as openAIBaseUrl } from "../providers/openai/base-url.js";
import { headersMs as ollamaHeadersMs } from "../providers/ollama/ollama-client.js";
import { defaultBackoff } from "../resilience/backoff.js";
import { defaultOverallMs } from "../resilience/overall-deadline.js";
import { defaultMaxAttempts } from "../resilience/retried-call.js";
import { defaultFallbackCodes } from "../resilience/with-fallback.js";
import { type ConfigTable, isTable } from "./config-table.js";
import type { ProviderSettings } from "./configuration.js";

/**
 * What the built-in types do where a table says nothing and no schema fills anything in: the defaults that the docstrings of their configurations state. A type of a plug-in has
 * none here.
 */
export function usualSettings({ type, settings }: ProviderSettings): ConfigTable {
  const own = ofType.get(type)?.(settings);
  if (own === undefined) return {};
  // Who switched retries off gets none of their settings; groups and tapes are retried only where they ask for it.
  const retries = isTable(settings["retry"]) || (settings["retry"] === undefined && "deadlines" in own);
  return { ...own, ...(retries && { retry: usualRetry(settings) }) };
}

const connection = { deadlines: defaultDeadlines, limits: defaultLimits };

/** See `Dialect`. The Responses API has one form for most of it. */
function openAISettings({ api }: ConfigTable, maxTokensField: string): ConfigTable {
  const general = { ...connection, api: "chat-completions", systemRole: "system" };
  return api === "responses" ? general : { ...general, maxTokensField, streamUsage: true };
}

function dialect({ api }: ConfigTable): ConfigTable {
  return api === "responses" ? {} : { seedField: "seed", toolCallIds: "any" };
}

const ofType = new Map<string, (settings: ConfigTable) => ConfigTable>([
  ["openai", (table) => ({ ...openAISettings(table, "max_completion_tokens"), ...dialect(table), baseUrl: openAIBaseUrl })],
  ["openai-compatible", (table) => ({ ...openAISettings(table, "max_tokens"), ...dialect(table) })],
  ["azure-openai", (table) => openAISettings(table, "max_completion_tokens")],
  ["anthropic", () => ({ ...connection, baseUrl: anthropicBaseUrl, systemMessages: "top" })],
  ["gemini", () => ({ ...connection, baseUrl: geminiBaseUrl })],
  ["ollama", () => ({ ...connection, baseUrl: ollamaBaseUrl, deadlines: { ...defaultDeadlines, headersMs: ollamaHeadersMs } })],
  ["fallback", () => ({ on: defaultFallbackCodes, overallMs: defaultOverallMs })],
  ["routing", ({ providers }) => (Array.isArray(providers) ? { default: providers[0] } : {})],
  ["tape", () => ({ pace: "instant" })],
]);

/** See `RetryOptions`. A configured total is one deadline over all attempts. */
function usualRetry({ deadlines }: ConfigTable): ConfigTable {
  const overallMs = isTable(deadlines) ? deadlines["totalMs"] : undefined;
  return { maxAttempts: defaultMaxAttempts, ...defaultBackoff, overallMs: overallMs ?? defaultOverallMs };
}
