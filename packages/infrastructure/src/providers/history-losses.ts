import type { Message } from "@chatport/domain";
import { adaptHistory, type HistoryLoss, type HistoryRules } from "../http/history.js";
import { anthropicHistoryRules } from "./anthropic/anthropic-history.js";
import { geminiHistoryRules } from "./gemini/index.js";
import { ollamaHistoryRules } from "./ollama/ollama-history.js";
import { azureOpenAIHistoryRules, defaultModel, type OpenAICompatibleProviderTable, withPreset } from "./openai/index.js";
import { historyRulesOf } from "./openai/openai-history.js";

/** What of a provider's table in the configuration decides what it takes back. */
export interface HistoryTable extends Pick<
  OpenAICompatibleProviderTable,
  "preset" | "model" | "api" | "baseUrl" | "reasoningField" | "toolCallIds"
> {
  readonly type: string;
  /** Where a table of type `azure-openai` talks to. */
  readonly endpoint?: string;
}

/**
 * What a provider of the configuration would not be told of a conversation that another one began: to be asked before the conversation goes on there. Pure, and
 * by the same rules that its requests are made by.
 *
 * @returns nothing lost for the guide, which no conversation teaches anything; undefined for types that are not built in or combine others: nobody knows.
 */
export function historyLosses(messages: readonly Message[], table: HistoryTable): readonly HistoryLoss[] | undefined {
  if (table.type === "guide") return [];
  const rules = rulesByType.get(table.type)?.(table);
  return rules === undefined ? undefined : adaptHistory(messages, rules).losses;
}

type RulesOf = (table: HistoryTable) => HistoryRules;

const rulesByType: ReadonlyMap<string, RulesOf> = new Map<string, RulesOf>([
  ["anthropic", anthropicHistoryRules],
  ["gemini", geminiHistoryRules],
  ["ollama", ollamaHistoryRules],
  ["openai", (table) => historyRulesOf({ model: defaultModel, ...table })],
  ["azure-openai", azureOpenAIHistoryRules],
  ["openai-compatible", ({ type: _type, ...table }: HistoryTable) => historyRulesOf(withPreset(table))],
]);
