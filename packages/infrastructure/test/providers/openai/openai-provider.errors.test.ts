import { inspect } from "node:util";
import { collect, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../../src/testing/index.js";
import { observe } from "../../support/observed-answer.js";
import { canary, goodStream, respond, serve } from "../../support/openai-server.js";
import { type ErrorCase, errorCases } from "../../support/wire-cases.js";

const request = { messages: [userMessage("hi")] };

/** The fixtures' kinds, as codes of the port. */
const codes: Readonly<Record<string, readonly string[]>> = {
  authentication: ["authentication"],
  permission: ["permission"],
  badRequest: ["invalid-request", "context-overflow", "content-filter", "unsupported"],
  contextLength: ["context-overflow"],
  conflict: ["unavailable"],
  notFound: ["not-found"],
  limit: ["rate-limit", "quota"],
  server: ["unavailable"],
  network: ["network", "truncated"],
  timeout: ["timeout"],
  parse: ["malformed"],
};

/** Short where the server is silent, and no matter on a busy machine elsewhere. */
const deadlinesFor = ({ expected }: ErrorCase) => ({ headersMs: expected.kind === "timeout" ? 150 : 10_000 });

describe.concurrent("errors of real servers, over a socket", () => {
  for (const errorCase of errorCases) {
    test(`${errorCase.name}: one attempt`, async () => {
      await using served = await serve([play(errorCase)], { deadlines: deadlinesFor(errorCase) });
      const { exception, end } = await observe(served.provider.stream(request));
      const { expected } = errorCase;
      if (exception === undefined && expected.mustBeError === false) return expect(end?.finishReason).toBe("length");
      expect([expected.kind, ...(expected.kindAlso ?? [])].flatMap((kind) => codes[kind] ?? [])).toContain(exception?.code);
      if (expected.retryableEither !== true) expect(exception?.retryable).toBe(expected.retryable);
      if (expected.messageContains !== undefined) expect(exception?.message).toContain(expected.messageContains);
      if (expected.requestId !== undefined) expect(exception?.requestId).toBe(expected.requestId);
      expect(exception?.message.length).toBeLessThanOrEqual(600);
    });

    test(`${errorCase.name}: what is transient is retried, what is not is not`, async () => {
      await using served = await serve([play(errorCase), respond(goodStream)], {
        deadlines: deadlinesFor(errorCase),
        retry: { baseDelayMs: 1, maxDelayMs: 1, maxRetryAfterMs: 5_000 },
      });
      const { exception } = await observe(served.provider.stream(request));
      // What is retryable still fails where the server asks for a longer wait than the cap.
      const transient = exception === undefined || (exception.retryAfterMs ?? 0) > 5_000;
      expect(transient ? true : !exception.retryable && served.exchanges.length === 1).toBe(true);
    });
  }
});

describe.concurrent("how long a retry waits", () => {
  const wait = (name: string, value: string | (() => string)): [string, Record<string, () => string>] => [
    `${name}: ${typeof value === "string" ? value : "a date"}`,
    { [name]: typeof value === "string" ? () => value : value },
  ];

  test.each([
    [...wait("retry-after-ms", "37"), 37],
    [...wait("retry-after", "0.2"), 200],
    [...wait("retry-after", "1"), 1_000],
    [...wait("retry-after", () => new Date(Date.now() + 2_000).toUTCString()), 900],
    [...wait("retry-after", "-5"), 100],
    [...wait("retry-after", "soon"), 100],
    [...wait("retry-after-ms", "-1"), 100],
  ] as const)("%s", async (_name, headers, atLeastMs) => {
    const times: number[] = [];
    const note = (answer: (exchange: Exchange) => void) => (exchange: Exchange) => {
      times.push(performance.now());
      answer(exchange);
    };
    const sent = Object.fromEntries(Object.entries(headers as Record<string, () => string>).map(([key, value]) => [key, value()]));
    await using served = await serve([note(respond('{"error":{"message":"slow down"}}', sent, 429)), note(respond(goodStream))], {
      retry: {},
    });
    expect((await collect(served.provider.stream(request))).text).toBe("Hello");
    // Timers and clocks round to the millisecond.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(atLeastMs - 2);
  });

  test("a wait longer than the cap fails at once, and tells it", async () => {
    await using served = await serve([respond('{"error":{"message":"tomorrow"}}', { "retry-after": "86400" }, 429)], { retry: {} });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "rate-limit", retryAfterMs: 86_400_000 });
    expect(served.exchanges).toHaveLength(1);
  });

  test("an exhausted quota is not retried", async () => {
    await using served = await serve(
      [respond('{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}', {}, 429)],
      { retry: {} },
    );
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "quota", retryable: false });
    expect(served.exchanges).toHaveLength(1);
  });

  test("after the first visible event nothing is asked again", async () => {
    const cutOff = goodStream.slice(0, goodStream.indexOf("\n\n") + 2);
    await using served = await serve([respond(cutOff)], { retry: { baseDelayMs: 1 } });
    const { exception, events } = await observe(served.provider.stream(request));
    expect(exception?.code).toBe("truncated");
    expect(events.filter(({ type }) => type === "text-delta")).toHaveLength(1);
    expect(served.exchanges).toHaveLength(1);
  });
});

test("a key that the server echoes anywhere appears nowhere", async () => {
  const echoes = [
    respond(`{"error":{"message":"Incorrect API key provided: ${canary}.","code":"${canary}"}}`, { "x-request-id": `req-${canary}` }, 401),
    respond(`<html><title>${canary}</title></html>`, { "content-type": "text/html" }, 502),
    respond(`<html><title>${canary}</title></html>`, { "content-type": "text/html" }),
    respond(`data: {"error":{"message":"bad key ${canary}"}}\n\n`),
    respond(`data: {oops ${canary}\n\n`),
    respond(`data: {"choices":[{"delta":{"content":"your key is ${canary}"}}]}\n\n`),
    respond(`data: {"choices":[{"delta":{"content":"your key is ${canary.slice(0, -6)}"}}]}\n\n`),
    respond(": nothing\n\n", { "content-type": "text/event-stream", "x-request-id": `req-${canary}` }),
    respond('{"shape":"wrong"}', { "content-type": "application/json", "x-request-id": `req-${canary}` }),
    respond("", { location: `https://evil.example/?key=${canary}` }, 302),
  ];
  for (const echo of echoes) {
    await using served = await serve([echo]);
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toBeDefined();
    const shown = [
      inspect(exception, { depth: 20, showHidden: true }),
      JSON.stringify(exception),
      inspect(served.provider, { depth: 20, showHidden: true }),
    ];
    for (const text of shown) expect(text).not.toContain(canary.slice(0, -6));
  }
});

test("a key in a header of the configuration appears nowhere, with its scheme or without", async () => {
  await using served = await serve([respond(`{"error":{"message":"bad key: ${canary}."}}`, {}, 401)], {
    apiKey: "sk-test-other-key-0000",
    headers: { authorization: `Bearer ${canary}`, "x-basic-auth": `Basic ${btoa(`user:${canary}`)}` },
  });
  const { exception } = await observe(served.provider.stream(request));
  expect(exception?.code).toBe("authentication");
  expect(inspect(exception, { depth: 20, showHidden: true })).not.toContain(canary);
});

test("an error whose body stalls is not blamed on its headers", async () => {
  await using served = await serve([({ response }) => response.writeHead(500).flushHeaders()], {
    deadlines: { headersMs: 300, totalMs: 500 },
  });
  const { exception } = await observe(served.provider.stream(request));
  expect(exception).toMatchObject({ code: "timeout", phase: "total" });
  expect(exception?.message).not.toContain("did not begin");
});

function play({ status, headers, body, fault }: ErrorCase): (exchange: Exchange) => void {
  return ({ request: incoming, response }) => {
    if (fault === "reset-before-headers") incoming.socket.resetAndDestroy();
    else if (fault === "malformed-http") incoming.socket.end("HTP/1.1 200 OK\r\n\r\n");
    else if (fault !== "stall-before-headers") respond(body ?? "", filled(headers), status)({ response } as Exchange);
  };
}

function filled(headers: Readonly<Record<string, string>>): Record<string, string> {
  const date = new Date(Date.now() + 2_000).toUTCString();
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, value.replace("{{http-date+2s}}", date)]));
}
