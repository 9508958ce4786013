import { describe, expect, test } from "vitest";
import { tellsOfError } from "../../src/http/error-document.js";
import { errorCases } from "../support/wire-cases.js";

describe("JSON that is no answer", () => {
  const reported = errorCases.filter(({ status, body }) => status >= 400 && /^\s*[[{]/u.test(body ?? ""));

  test.each(reported)("tells of an error: $name", ({ body = "" }) => {
    expect(tellsOfError(JSON.parse(body))).toBe(true);
  });

  test.each([
    [{}],
    [[]],
    [null],
    [5],
    [""],
    [{ status: "ok" }],
    [{ error: null }],
    [{ error: "" }],
    [{ choices: [] }],
    [{ models: [{ name: "x" }] }],
  ])("tells of none: %j", (value) => {
    expect(tellsOfError(value)).toBe(false);
  });
});
