export { type RetryOptions, withRetry } from "./with-retry.js";
export { defaultFallbackCodes, type FallbackOptions, withFallback } from "./with-fallback.js";
export { type RoutingOptions, withRouting } from "./with-routing.js";
export { fallbackProviderFactory } from "./fallback-factory.js";
export { routingProviderFactory } from "./routing-factory.js";
export { memoryTape, type TapeStorage } from "./tape/tape-storage.js";
export { createTapeProvider, type ReplayOptions, type TapeOptions, type TapeProviderOptions, withTape } from "./tape/with-tape.js";
export { type Fault, withFaults } from "./tape/with-faults.js";
export { type RecordingDependencies, tapeProviderFactory } from "./tape/tape-factory.js";
