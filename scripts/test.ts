import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSummary, tally, type TaskOutcome, type VitestReport } from "./tally.ts";

// `pnpm test`: everything that must hold, as turbo tasks, so that what did not change is not done again. Its last line counts: every vitest case is one, and so is
// every task without cases (a build, a type check, a lint run).

const root = fileURLToPath(new URL("..", import.meta.url));
const tasks = ["build", "typecheck", "test", "typecheck:repository", "lint", "format:check", "boundaries", "unused", "test:repository"];

// Only this run's own summary and reports may count; a task that turbo takes from its cache brings its report along.
await removeAll(".turbo/runs/*.json", "packages/*/.reports", ".reports");
const exitCode = await runTurbo();
const [summary] = globSync(".turbo/runs/*.json", { cwd: root });
const outcomes = summary === undefined ? [] : readSummary(await readFile(join(root, summary), "utf8"));
const { passed, failed, failures } = tally(outcomes, await readReports(outcomes), exitCode);
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join("\n")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function runTurbo(): Promise<number> {
  const turbo = spawn("turbo", ["run", ...tasks, "--continue=dependencies-successful", "--output-logs=new-only", "--summarize"], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    // Tests must not depend on what is piped in.
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  const [code]: (number | null)[] = await once(turbo, "close");
  return code ?? 1;
}

async function readReports(of: readonly TaskOutcome[]): Promise<ReadonlyMap<string, VitestReport>> {
  const reports = new Map<string, VitestReport>();
  for (const { name, directory, task } of of) {
    if (!task.startsWith("test")) continue;
    const [path] = globSync(join(directory, ".reports/vitest.json"), { cwd: root });
    if (path !== undefined) reports.set(name, JSON.parse(await readFile(join(root, path), "utf8")));
  }
  return reports;
}

async function removeAll(...patterns: readonly string[]): Promise<void> {
  for (const path of globSync([...patterns], { cwd: root })) await rm(join(root, path), { recursive: true });
}
