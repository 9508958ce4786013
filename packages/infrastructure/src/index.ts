export { administer, type Administration, type ExplainedSetting } from "./di/administration.js";
export { compose, type ComposeOptions, type Composition } from "./di/compose.js";
export { builtInRegistry } from "./di/built-in-providers.js";
export { configurationJsonSchema } from "./di/configuration-json-schema.js";
export type { ListedProvider } from "./di/list-providers.js";
export { createRegistry, type ProviderRegistry } from "./di/provider-registry.js";
export { tokens } from "./di/tokens.js";
export type { HistoryLoss } from "./http/history.js";
export { historyLosses, type HistoryTable } from "./providers/history-losses.js";
