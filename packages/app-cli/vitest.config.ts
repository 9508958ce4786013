import { defineConfig } from "vitest/config";

// Most tests start the built program, some in a pseudo-terminal: they wait for conditions, and a loaded machine may be slow to meet them.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
