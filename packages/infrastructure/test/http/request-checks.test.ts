import { isChatException } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import {
  invalidRequest,
  requireCallable,
  requireCount,
  requireNumber,
  requireWhole,
  unsupported,
  wholeNumbers,
} from "../../src/http/request-checks.js";

function complaintOf(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    if (isChatException(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}

test("an exception names the provider, and is not worth another attempt", () => {
  for (const make of [unsupported, invalidRequest]) {
    expect(make("work", "No.")).toMatchObject({ provider: "work", message: "No.", retryable: false });
  }
  expect([unsupported("work", "").code, invalidRequest("work", "").code]).toEqual(["unsupported", "invalid-request"]);
});

describe("a number", () => {
  test("within its bounds stays", () => {
    expect([requireNumber(0, "topP", [0, 1], "p"), requireNumber(1, "topP", [0, 1], "p")]).toEqual([0, 1]);
    expect(requireWhole(-7, "seed", wholeNumbers, "p")).toBe(-7);
    expect(requireCount(1, "maxOutputTokens", "p")).toBe(1);
  });

  test.each([
    [() => requireNumber(1.01, "topP", [0, 1], "p"), "topP must be a number from 0 to 1, not 1.01."],
    [() => requireNumber(Number.NaN, "topP", [0, 1], "p"), "topP must be a number from 0 to 1, not NaN."],
    [() => requireNumber(-1, "temperature", [0, Infinity], "p"), "temperature must be a number of at least 0, not -1."],
    [() => requireNumber(Infinity, "temperature", [0, Infinity], "p"), "temperature must be a number of at least 0, not Infinity."],
    [() => requireWhole(9, "seed", [1, 8], "p"), "seed must be a whole number from 1 to 8, not 9."],
    [() => requireWhole(1.5, "seed", wholeNumbers, "p"), "seed must be a whole number, not 1.5."],
    [
      () => requireWhole(2 ** 53, "seed", wholeNumbers, "p"),
      "seed must be a whole number from -9007199254740991 to 9007199254740991, not 9007199254740992.",
    ],
    [() => requireCount(0, "maxOutputTokens", "p"), "maxOutputTokens must be a whole number of at least 1, not 0."],
    [() => requireCount(2 ** 53, "maxOutputTokens", "p"), "maxOutputTokens must be a whole number of at least 1, not 9007199254740992."],
  ])("outside of them is refused (%#)", (check, message) => {
    expect(complaintOf(check)).toBe(`invalid-request: ${message}`);
  });
});

describe("a tool that must be called", () => {
  test.each([
    [undefined, []],
    ["auto", []],
    ["none", []],
    ["required", ["f"]],
    ["required", [""]],
    [{ tool: "f" }, ["e", "f"]],
  ] as const)("%j is right with the tools %j", (choice, declared) => {
    expect(complaintOf(() => requireCallable(choice, declared, "p"))).toBe("none");
  });

  test.each([
    ["required", [], "toolChoice asks for a tool call, but the request declares no tools."],
    [{ tool: "f" }, [], "toolChoice asks for a tool call, but the request declares no tools."],
    [{ tool: "f" }, ["", "g", "h"], 'toolChoice names the tool "f", which is not among the request\'s tools: g, h.'],
    [{ tool: "" }, ["", "g"], 'toolChoice names the tool "", which is not among the request\'s tools: g.'],
  ] as const)("%j is refused with the tools %j", (choice, declared, message) => {
    expect(complaintOf(() => requireCallable(choice, declared, "p"))).toBe(`invalid-request: ${message}`);
  });
});
