import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // No test replaces modules or globals, and those that replace the clock give it back: one process does for all. The default number leaves one of two idle.
    isolate: false,
    maxWorkers: "100%",
    // The contract's own tests run every case against a hundred broken providers: nearly all of that time is waiting.
    maxConcurrency: 8,
  },
});
