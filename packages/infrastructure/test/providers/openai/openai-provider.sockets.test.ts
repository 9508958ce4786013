import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { collect, userMessage } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { createOpenAIProvider, OpenAIClient } from "../../../src/providers/openai/index.js";
import { observe } from "../../support/observed-answer.js";
import { begin, canary, chunk, goodStream, respond, serve } from "../../support/openai-server.js";

const request = { messages: [userMessage("hi")] };

describe("connections that fail", () => {
  test("a refused connection names the address", async () => {
    const port = await closedPort();
    const provider = createOpenAIProvider({ model: "m", baseUrl: `http://127.0.0.1:${port}/v1`, retry: false });
    const { exception } = await observe(provider.stream(request));
    expect(exception).toMatchObject({ code: "network", retryable: true, message: expect.stringContaining(`127.0.0.1:${port}`) });
  });

  test("a reset in the middle keeps the partial answer", async () => {
    await using served = await serve([
      ({ request: incoming, response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(chunk("Hel"), () => setTimeout(() => incoming.socket.resetAndDestroy(), 30));
      },
    ]);
    const { exception, end } = await observe(served.provider.stream(request));
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({ code: "network", retryable: true, partial: { content: [{ type: "text", text: "Hel" }] } });
  });

  test("what is not HTTP is a network failure", async () => {
    const server = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const provider = createOpenAIProvider({ model: "m", baseUrl: `http://127.0.0.1:${port}/v1`, retry: false });
    const { exception } = await observe(provider.stream(request));
    server.close();
    expect(exception).toMatchObject({ code: "network", retryable: true });
  });
});

describe("deadlines", () => {
  test.each([
    ["no headers", () => undefined, { headersMs: 60 }, "headers"],
    ["no first token", begin(""), { firstTokenMs: 60 }, "first-token"],
    ["nothing after the first token", begin(chunk("Hel")), { idleMs: 60 }, "idle"],
    ["an endless answer", begin(chunk("Hel")), { totalMs: 60 }, "total"],
  ] as const)("%s", async (_what, answer, deadlines, phase) => {
    await using served = await serve([answer], { deadlines });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "timeout", phase, retryable: true });
    await expect.poll(() => served.server.inFlight()).toBe(0);
  });

  test("keep-alive comments do not keep a dead answer alive", async () => {
    await using served = await serve(
      [
        ({ response, over }) => {
          response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk("Hel"));
          const ping = setInterval(() => response.write(": keep-alive\n\n"), 10);
          over.addEventListener("abort", () => clearInterval(ping));
        },
      ],
      { deadlines: { idleMs: 120 } },
    );
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "timeout", phase: "idle", partial: { content: [{ type: "text", text: "Hel" }] } });
    await served.server.released;
  });
});

describe("bodies that are no answer", () => {
  test.each([
    [
      "a web page",
      respond("<html><head><title>Portal</title></head><body><h1>Sign in</h1></body></html>", { "content-type": "text/html" }),
      "malformed",
      "Portal: Sign in",
    ],
    [
      "a JSON error",
      respond('{"error":{"message":"no such deployment","code":404}}', { "content-type": "application/json" }),
      "not-found",
      "no such deployment",
    ],
    ["plain text under the label of a stream", respond("upstream connect error"), "malformed", "upstream connect error"],
    ["nothing", respond(""), "truncated", ""],
    ["comments alone", respond(": ping\n\n: ping\n\n"), "truncated", ""],
    ["an event that is no JSON", respond("data: {oops\n\n"), "malformed", "{oops"],
    ["a chunk of the wrong shape", respond('data: {"choices":[{"delta":{"content":5}}]}\n\n'), "malformed", "content"],
    ["JSON that is no answer", respond('{"status":"ok"}', { "content-type": "application/json" }), "malformed", "ok"],
  ])("%s", async (_what, answer, code, words) => {
    await using served = await serve([answer]);
    const { exception, end } = await observe(served.provider.stream(request));
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test("an oversized line ends the call and closes the connection", async () => {
    await using served = await serve([begin(`data: ${"x".repeat(200_000)}`)], { limits: { lineChars: 100_000 } });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "malformed", message: expect.stringContaining("100000 characters") });
    await served.server.released;
  });

  test("a compressed answer is read", async () => {
    await using served = await serve([respond(gzipSync(goodStream), { "content-type": "text/event-stream", "content-encoding": "gzip" })]);
    expect((await collect(served.provider.stream(request))).text).toBe("Hello");
  });

  test("a decompression bomb is bounded by what it decodes to", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ":\n"));
    expect(bomb.length).toBeLessThan(200_000);
    await using served = await serve([respond(bomb, { "content-type": "text/event-stream", "content-encoding": "gzip" })], {
      limits: { decodedBytes: 4 * 1024 * 1024 },
    });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "malformed", message: expect.stringContaining("4194304 bytes") });
  });
});

describe("connections that go on", () => {
  test("[DONE] ends the answer although the server keeps the connection open", async () => {
    await using served = await serve([begin(goodStream)]);
    expect((await collect(served.provider.stream(request))).text).toBe("Hello");
    await served.server.released;
  });

  test("a connection is used again after a whole stream", async () => {
    await using served = await serve([respond(goodStream)]);
    for (let turn = 0; turn < 8; turn++) await collect(served.provider.stream(request));
    const ports = served.exchanges.map((exchange) => exchange.request.socket.remotePort);
    // A second one is opened when a turn begins before the pool has taken the first one back.
    expect(new Set(ports).size).toBeLessThanOrEqual(2);
  });

  test("a connection that the server closed while idle does not fail the next answer", async () => {
    await using served = await serve([respond(goodStream)], { retry: { baseDelayMs: 1 } });
    await collect(served.provider.stream(request));
    served.exchanges[0]?.request.socket.destroy();
    expect((await collect(served.provider.stream(request))).text).toBe("Hello");
  });

  test("a redirect is not followed, and the key stays at home", async () => {
    await using other = await serve([respond(goodStream)]);
    await using served = await serve([respond("", { location: `${other.server.origin}/v1/chat/completions` }, 307)]);
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "invalid-request", status: 307, message: expect.stringContaining(other.server.origin) });
    expect(other.exchanges).toEqual([]);
    expect(served.exchanges[0]?.request.headers.authorization).toBe(`Bearer ${canary}`);
  });
});

test("events that bring nothing do not keep a dead answer alive", async () => {
  await using served = await serve(
    [
      ({ response, over }) => {
        response.writeHead(200, { "content-type": "text/event-stream" }).write(chunk("Hel"));
        const ping = setInterval(() => response.write("data: {}\n\n"), 10);
        over.addEventListener("abort", () => clearInterval(ping));
      },
    ],
    { deadlines: { idleMs: 120 } },
  );
  expect((await observe(served.provider.stream(request))).exception).toMatchObject({ code: "timeout", phase: "idle" });
});

test("a connection is let go after the end marker, although the consumer does not ask for more", async () => {
  await using served = await serve([begin(goodStream)]);
  const events = served.provider.stream(request)[Symbol.asyncIterator]();
  for (let result = await events.next(); result.value?.type !== "message-end";) result = await events.next();
  await served.server.released;
});

test("a deadline that is no duration is refused before anything is sent", async () => {
  await using served = await serve([respond(goodStream)], { deadlines: { idleMs: Number.NaN } });
  expect((await observe(served.provider.stream(request))).exception).toMatchObject({
    code: "invalid-request",
    message: expect.stringContaining("idleMs"),
  });
  expect(served.exchanges).toEqual([]);
});

test("rate limits of a failure are told, too", async () => {
  await using served = await serve([respond('{"error":{"message":"slow down"}}', { "x-ratelimit-remaining-requests": "0" }, 429)]);
  const facts: unknown[] = [];
  const client = new OpenAIClient({ apiKey: canary, baseUrl: `${served.server.origin}/v1` });
  const asking = client.chatCompletion(
    { model: "m", messages: [{ role: "user", content: "hi" }] },
    { onResponse: (told) => facts.push(told) },
  );
  await expect(asking).rejects.toMatchObject({ code: "rate-limit" });
  expect(facts).toEqual([{ status: 429, rateLimits: { requests: { remaining: 0 } } }]);
});

test("a finished call leaves no timer and no listener on its signal", async () => {
  await using served = await serve([respond(goodStream)]);
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const before = timers();
  await collect(served.provider.stream(request, { signal: controller.signal }));
  expect(listeners()).toBe(0);
  expect(timers()).toBeLessThanOrEqual(before);
});

test("a cancelled call leaves no timer, no listener and no unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  await using served = await serve([begin(chunk("Hel"))]);
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const before = timers();
  const reading = collect(served.provider.stream(request, { signal: controller.signal }));
  await expect.poll(() => served.exchanges.length).toBe(1);
  controller.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
  await served.server.released;
  expect(listeners()).toBe(0);
  expect(timers()).toBeLessThanOrEqual(before);
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}

function countListeners(signal: AbortSignal): () => number {
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  return () => added.mock.calls.length - removed.mock.calls.length;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
