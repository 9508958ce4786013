import { collect, isChatException } from "@chatport/domain";
import { type ScriptedAnswer } from "@chatport/domain/testing";
import { describe, expect, test } from "vitest";
import { createOpenAIProvider } from "../../src/providers/openai/index.js";
import { withFallback } from "../../src/resilience/index.js";
import { type Exchange, startLoopbackServer, startScriptedOpenAIServer } from "../../src/testing/index.js";
import { read, request } from "./scripted-provider.js";

// Real sockets: the first provider's server dies at a given moment, and the second one's answers.

const backup: ScriptedAnswer = {
  steps: [
    { type: "text", deltas: ["from ", "the backup"] },
    { type: "end", finishReason: "stop" },
  ],
};
const eventStream = { "content-type": "text/event-stream" };

function chunk(delta: object): string {
  return `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "first", choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
}

/** Dies once the client has read what was written: without the turn a reset may overtake it. */
async function die({ request: { socket } }: Exchange): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 20));
  socket.resetAndDestroy();
}

async function pair(firstDies: (exchange: Exchange) => Promise<void>) {
  const first = await startLoopbackServer(firstDies);
  const second = await startScriptedOpenAIServer(backup);
  const make = (name: string, baseUrl: string) => createOpenAIProvider({ name, model: "m", baseUrl, retry: false });
  return {
    first,
    second,
    fallback: withFallback([make("first", `${first.origin}/v1`), make("second", second.baseUrl)]),
    async [Symbol.asyncDispose]() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

describe("the first provider's server dies", () => {
  const before: Readonly<Record<string, (exchange: Exchange) => Promise<void>>> = {
    "before the headers": die,
    "after the headers": async (exchange) => {
      exchange.response.writeHead(200, eventStream).flushHeaders();
      await die(exchange);
    },
    "after message-start": async (exchange) => {
      exchange.response.writeHead(200, eventStream).write(chunk({ role: "assistant", content: "" }));
      await die(exchange);
    },
    "with an error status": async ({ response }) => {
      response.writeHead(503).end();
    },
    "with a proxy's page": async ({ response }) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>nap</title>");
    },
    "with an error inside the stream": async ({ response }) => {
      response.writeHead(200, eventStream).end(`data: ${JSON.stringify({ error: { message: "overloaded", type: "server_error" } })}\n\n`);
    },
  };

  test.each(Object.entries(before))("%s: the second one answers, and nothing is left open", async (_when, dies) => {
    await using servers = await pair(dies);
    const { events, error } = await read(servers.fallback.stream(request));
    expect(error).toBeUndefined();
    expect(events.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])).join("")).toBe("from the backup");
    expect(events.filter(({ type }) => type === "message-start")).toHaveLength(1);
    await servers.first.released;
    expect(servers.second.requests()).toBe(1);
  });

  test("after the first token: what was said stays, the failure is thrown, and the second one is not asked", async () => {
    await using servers = await pair(async (exchange) => {
      exchange.response.writeHead(200, eventStream).write(chunk({ role: "assistant", content: "Once" }));
      await die(exchange);
    });
    const { events, error } = await read(servers.fallback.stream(request));
    expect(events.map(({ type }) => type)).toEqual(["message-start", "text-delta"]);
    expect(isChatException(error) && error.partial?.content).toMatchObject([{ type: "text", text: "Once" }]);
    expect(servers.second.requests()).toBe(0);
  });
});

describe("the first provider's server hangs", () => {
  const hangs = async ({ over }: Exchange): Promise<void> => {
    await new Promise<void>((resolve) => over.addEventListener("abort", () => resolve()));
  };

  test("past its own deadline: the second one answers, and the first request is closed", async () => {
    await using servers = await pair(hangs);
    const { text } = await collect(servers.fallback.stream(request, { deadlines: { headersMs: 50 } }));
    expect(text).toBe("from the backup");
    await servers.first.released;
  });

  test("past the overall deadline: the call ends then, with both servers at rest", async () => {
    await using servers = await pair(hangs);
    const begun = performance.now();
    const { error } = await read(servers.fallback.stream(request, { deadlines: { totalMs: 100 } }));
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(error).toMatchObject({ code: "timeout", phase: "total", provider: "first" });
    await servers.first.released;
    expect(servers.second.requests()).toBe(0);
  });
});
