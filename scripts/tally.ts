/** What became of one turbo task. */
export interface TaskOutcome {
  /** `package#task`. */
  readonly name: string;
  readonly task: string;
  /** Of the package, relative to the repository's root. */
  readonly directory: string;
  readonly succeeded: boolean;
}

/** What is read of vitest's JSON report. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The names of what failed. */
  readonly failures: readonly string[];
}

/** Reads the run summary that `turbo run --summarize` leaves. Tasks that a package does not have are left out; a task that never ran did not succeed. */
export function readSummary(json: string): readonly TaskOutcome[] {
  const { tasks }: { tasks: readonly SummaryTask[] } = JSON.parse(json);
  return tasks
    .filter(({ command }) => command !== "<NONEXISTENT>")
    .map(({ taskId, task, directory, execution }) => ({
      name: taskId,
      task,
      directory: directory ?? "",
      succeeded: execution?.exitCode === 0,
    }));
}

/**
 * Counts a run. A task with a report counts by its cases, any other task as one. A failure that no case explains (a crash, a file that does not load, turbo itself)
 * counts as one more, so that a failed run never reads `0 failed`.
 */
export function tally(outcomes: readonly TaskOutcome[], reports: ReadonlyMap<string, VitestReport>, exitCode: number): Tally {
  let passed = 0;
  const failures: string[] = [];
  for (const { name, succeeded } of outcomes) {
    const report = reports.get(name);
    const failedCases = report === undefined ? [] : failuresIn(report);
    failures.push(...failedCases.map((failure) => `${name}: ${failure}`));
    passed += report?.numPassedTests ?? (succeeded ? 1 : 0);
    if (!succeeded && failedCases.length === 0) failures.push(name);
  }
  if (failures.length === 0 && (exitCode !== 0 || outcomes.length === 0)) failures.push(`turbo itself (exit code ${exitCode})`);
  return { passed, failed: failures.length, failures };
}

function failuresIn(report: VitestReport): string[] {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const cases = assertionResults.filter((result) => result.status === "failed").map((result) => result.fullName);
    return status === "failed" && cases.length === 0 ? [name] : cases;
  });
}

interface SummaryTask {
  readonly taskId: string;
  readonly task: string;
  readonly directory?: string;
  readonly command: string;
  readonly execution?: { readonly exitCode: number | null } | null;
}
