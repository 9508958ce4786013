import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const all = "test/**/*.test.ts";
/**
 * Their cases have a server and a provider each, and mostly wait: for sockets, and for deadlines to pass. Two at a time: more of those that are work in truth would
 * make each other late on a busy machine.
 */
const contracts = filesAt("test/**/*contract.test.ts");
/** Whoever replaces modules, clocks or globals has a process alone. All others share one, which spares loading everything anew for each. */
const alone = filesAt(all).filter((file) => /\bvi\b[^;]*\} from "vitest"/u.test(readFileSync(new URL(file, import.meta.url), "utf8")));

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // The default leaves one of two processors idle.
    maxWorkers: "100%",
    maxConcurrency: 4,
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      { extends: true, test: { name: "contracts", include: contracts, isolate: false, sequence: { concurrent: true }, maxConcurrency: 2 } },
      { extends: true, test: { name: "shared", include: [all], exclude: [...alone, ...contracts], isolate: false } },
    ],
  },
});

function filesAt(pattern: string): string[] {
  return globSync(pattern, { cwd: import.meta.dirname });
}
