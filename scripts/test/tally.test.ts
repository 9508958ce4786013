import { describe, expect, it } from "vitest";
import { readSummary, tally, type TaskOutcome, type VitestReport } from "../tally.ts";

const build: TaskOutcome = { name: "@chatport/domain#build", task: "build", directory: "packages/domain", succeeded: true };
const tests: TaskOutcome = { name: "@chatport/domain#test", task: "test", directory: "packages/domain", succeeded: true };

function report(passed: number, ...failed: readonly string[]): ReadonlyMap<string, VitestReport> {
  const assertionResults = failed.map((fullName) => ({ status: "failed", fullName }));
  const file = { name: "message.test.ts", status: failed.length === 0 ? "passed" : "failed", assertionResults };
  return new Map([[tests.name, { numPassedTests: passed, numFailedTests: failed.length, testResults: [file] }]]);
}

describe("tally", () => {
  it("counts a task with a report by its cases and any other as one", () => {
    expect(tally([build, tests], report(41), 0)).toEqual({ passed: 42, failed: 0, failures: [] });
  });

  it("names the cases that failed", () => {
    const outcome = tally([build, { ...tests, succeeded: false }], report(40, "a message is a value"), 1);
    expect(outcome).toEqual({ passed: 41, failed: 1, failures: ["@chatport/domain#test: a message is a value"] });
  });

  it("counts a task that failed without a failing case", () => {
    expect(tally([build, { ...tests, succeeded: false }], report(41), 1)).toMatchObject({ passed: 42, failed: 1 });
    expect(tally([{ ...build, succeeded: false }], new Map(), 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  it("counts a test file that does not load", () => {
    const broken: VitestReport = {
      numPassedTests: 3,
      numFailedTests: 0,
      testResults: [{ name: "broken.test.ts", status: "failed", assertionResults: [] }],
    };
    expect(tally([{ ...tests, succeeded: false }], new Map([[tests.name, broken]]), 1)).toEqual({
      passed: 3,
      failed: 1,
      failures: ["@chatport/domain#test: broken.test.ts"],
    });
  });

  it("never calls a run that turbo failed a success", () => {
    expect(tally([build], new Map(), 1)).toMatchObject({ failed: 1 });
    expect(tally([], new Map(), 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("readSummary", () => {
  it("leaves out what a package has no script for, and takes a task that never ran for a failure", () => {
    const tasks = [
      { taskId: "a#build", task: "build", directory: "packages/a", command: "tsc -b", execution: { exitCode: 0 } },
      { taskId: "a#test", task: "test", directory: "packages/a", command: "vitest run", execution: null },
      { taskId: "b#test", task: "test", directory: "packages/b", command: "<NONEXISTENT>", execution: { exitCode: 0 } },
    ];
    expect(readSummary(JSON.stringify({ tasks })).map(({ name, succeeded }) => [name, succeeded])).toEqual([
      ["a#build", true],
      ["a#test", false],
    ]);
  });
});
