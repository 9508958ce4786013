import { defineConfig } from "vitest/config";

// Some tests start the built program, which a loaded machine may be slow to do.
export default defineConfig({ test: { testTimeout: 20_000 } });
