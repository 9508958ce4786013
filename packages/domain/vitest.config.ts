import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The contract's own tests run every case against a hundred broken providers: nearly all of that time is waiting.
    maxConcurrency: 8,
  },
});
