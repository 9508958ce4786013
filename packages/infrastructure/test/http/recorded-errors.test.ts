import { readFileSync } from "node:fs";
import type { ChatException } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { failureFromResponse, type FailureContext, failureInStream } from "../../src/http/failure.js";
import { redactNothing } from "../../src/http/redaction.js";
import { openAICodeOf } from "../../src/providers/openai/openai-exception.js";

const context: FailureContext = { provider: "work", redact: redactNothing, codeOf: openAICodeOf };

const expectation = z.object({
  kind: z.string(),
  kindAlso: z.optional(z.array(z.string())),
  retryable: z.boolean(),
  retryableEither: z.optional(z.boolean()),
  messageContains: z.optional(z.string()),
  messageContainsAny: z.optional(z.array(z.string())),
  maxMessageLength: z.optional(z.number()),
  requestId: z.optional(z.string()),
  requestIdAlso: z.optional(z.string()),
  code: z.optional(z.union([z.string(), z.number()])),
  retryAfterMs: z.optional(z.number()),
  retryAfterMsAbout: z.optional(z.number()),
});

const cases = z
  .array(
    z.object({
      name: z.string(),
      status: z.number(),
      fault: z.optional(z.string()),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      expected: expectation,
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("../fixtures/http-errors.json", import.meta.url), "utf8")));

/** The corpus names kinds of its own; these are the codes that each stands for. */
const codesOfKind: Readonly<Record<string, readonly string[]>> = {
  authentication: ["authentication"],
  permission: ["permission"],
  badRequest: ["invalid-request", "content-filter", "unsupported"],
  contextLength: ["context-overflow"],
  notFound: ["not-found"],
  limit: ["rate-limit", "quota"],
  server: ["unavailable"],
  conflict: ["unavailable"],
  timeout: ["timeout"],
  network: ["network", "truncated"],
  parse: ["malformed"],
};

const failing = cases.filter(({ status, fault }) => fault === undefined && status !== 200);
const errorsWith200 = cases.filter(({ status, body }) => status === 200 && body.includes('"error"'));

describe("every recorded error answer", () => {
  test("is in the corpus", () => {
    expect(failing).toHaveLength(51);
    expect(errorsWith200).toHaveLength(1);
  });

  test.each(failing)("$name", ({ status, headers: raw, body, expected }) => {
    const headers = new Headers(raw);
    if (raw["retry-after"]?.startsWith("{{http-date") === true) headers.set("retry-after", new Date(Date.now() + 2000).toUTCString());
    const exception = failureFromResponse({ status, headers }, body, context);
    expect(exception.status).toBe(status);
    expect(shortcomings(exception, expected)).toEqual([]);
  });

  test.each(errorsWith200)("$name", ({ body, expected }) => {
    expect(shortcomings(failureInStream(JSON.parse(body), context), expected)).toEqual([]);
  });
});

/** What of an exception is not as the corpus asks for. */
function shortcomings(exception: ChatException, expected: z.infer<typeof expectation>): readonly unknown[] {
  const { code, message, retryable, providerCode, requestId, retryAfterMs } = exception;
  const kinds = [expected.kind, ...(expected.kindAlso ?? [])];
  const ids = [expected.requestId, expected.requestIdAlso].filter((id) => id !== undefined);
  const wait = expected.retryAfterMsAbout ?? expected.retryAfterMs;
  const tolerance = expected.retryAfterMsAbout === undefined ? 0 : 1100;
  const checks: readonly (readonly [seen: unknown, good: boolean])[] = [
    [code, kinds.some((kind) => codesOfKind[kind]?.includes(code))],
    [retryable, expected.retryableEither === true || retryable === expected.retryable],
    [message, message.length <= (expected.maxMessageLength ?? 600) && !/\p{Cc}|<[a-z!/]/u.test(message)],
    [message, message.includes((expected.messageContains ?? "").replaceAll(/\s+/g, " "))],
    [message, expected.messageContainsAny?.some((words) => message.includes(words)) !== false],
    [requestId, ids.length === 0 || ids.includes(requestId ?? "")],
    [providerCode, expected.code === undefined || providerCode === String(expected.code)],
    [retryAfterMs, wait === undefined || Math.abs((retryAfterMs ?? Number.NaN) - wait) <= tolerance],
  ];
  return checks.filter(([, good]) => !good).map(([seen]) => seen);
}
