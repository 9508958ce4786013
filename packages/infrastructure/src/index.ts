export { compose, type ComposeOptions, type Composition } from "./di/compose.js";
export { builtInRegistry } from "./di/built-in-providers.js";
export { createRegistry, type ProviderRegistry } from "./di/provider-registry.js";
export { tokens } from "./di/tokens.js";
