import { once } from "node:events";
import { request as httpRequest } from "node:http";
import type { ChatProvider } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { ChatFrame } from "../../src/chat-frame.js";
import type { ApplicationOptions } from "../../src/server/application.js";
import { startWebServer } from "../../src/server/web-server.js";

const page = new Map([["/", { type: "text/html; charset=utf-8", content: "<!doctype html><p>page" }]]);

async function started(answers: ConstructorParameters<typeof FakeChatProvider>[0], options: Partial<ApplicationOptions> = {}, fake = {}) {
  const provider = new FakeChatProvider(answers, fake);
  const server = await startWebServer(0, { provider, description: "fake", page, ...options });
  onTestFinished(() => server.stop(0));
  return { provider, server };
}

function ask(url: string, body: unknown = { prompt: "hello" }, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
  });
}

async function framesOf(response: Response): Promise<readonly ChatFrame[]> {
  const lines = (await response.text()).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as ChatFrame);
}

/** A request whose every header is ours: fetch does not let one lie about Host. */
async function statusFor(url: string, path: string, headers: Record<string, string>, method = "GET"): Promise<number | undefined> {
  const request = httpRequest(`${url}${path}`, { method, headers });
  request.end(method === "POST" ? '{"prompt":"hello"}' : undefined);
  const [response] = await once(request, "response");
  response.resume();
  return response.statusCode;
}

describe("an answer", () => {
  test("is the port's events, a line each", async () => {
    const { server, provider } = await started("hello world");
    const response = await ask(server.url, { prompt: "hi" });
    expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(response.headers.get("content-encoding")).toBeNull();
    const frames = await framesOf(response);
    expect(frames.map(({ type }) => type).filter((type) => type !== "text-delta")).toEqual(["message-start", "part-end", "message-end"]);
    expect(provider.calls[0]?.request.messages).toEqual([{ role: "user", content: [{ type: "text", text: "hi" }] }]);
  });

  test("that is cut off upstream keeps what came, ends with an error, and has no end", async () => {
    const { server } = await started({ steps: [{ type: "text", deltas: ["half"] }, { type: "close" }] });
    const frames = await framesOf(await ask(server.url));
    expect(frames).toContainEqual({ type: "text-delta", index: 0, text: "half" });
    expect(frames.at(-1)).toMatchObject({ type: "error", code: "truncated", retryable: true });
    expect(frames.map(({ type }) => type)).not.toContain("message-end");
  });

  test("tells how long a rate limit asks to wait", async () => {
    const error = { type: "error", kind: "rate-limit", message: "slow down", retryAfterMs: 1234 } as const;
    const { server } = await started({ steps: [error] });
    expect(await framesOf(await ask(server.url))).toEqual([
      expect.objectContaining({ type: "error", code: "rate-limit", retryAfterMs: 1234 }),
    ]);
  });

  test("that fails by a fault of our own says nothing about it, but in the terminal", async () => {
    const fault = new Error("secret detail");
    const onFault = vi.fn<(error: unknown) => void>();
    const { server } = await started(
      () => {
        throw fault;
      },
      { onFault },
    );
    const text = await (await ask(server.url)).text();
    expect(JSON.parse(text)).toMatchObject({ type: "error", code: "internal" });
    expect(text).not.toContain("secret detail");
    expect(onFault).toHaveBeenCalledWith(fault);
  });

  test("that is silent keeps the connection awake with empty lines", async () => {
    const { server } = await started({ steps: [{ type: "text", deltas: ["a"] }, { type: "stall" }] }, { heartbeatMs: 10 });
    const leaving = new AbortController();
    const response = await ask(server.url, undefined, { signal: leaving.signal });
    const decoder = new TextDecoder();
    let text = "";
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      if (text.endsWith("\n\n\n")) break;
    }
    expect(text).toContain('"text":"a"');
  });

  test("is cancelled within 100 ms of the reader leaving", async () => {
    const onFault = vi.fn<(error: unknown) => void>();
    const { server, provider } = await started({ steps: [{ type: "text", deltas: ["a"] }, { type: "stall" }] }, { onFault });
    const leaving = new AbortController();
    const response = await ask(server.url, undefined, { signal: leaving.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    const left = performance.now();
    leaving.abort();
    await provider.calls[0]?.released;
    expect(performance.now() - left).toBeLessThan(100);
    expect(provider.calls[0]?.outcome).toBe("cancelled");
    // All that the connection still has to say is said when the server is down.
    await server.stop(0);
    expect(onFault).not.toHaveBeenCalled();
  });

  test("whose provider fails because the reader has left is no fault", async () => {
    const onFault = vi.fn<(error: unknown) => void>();
    const failed = vi.fn<() => void>();
    const provider: ChatProvider = {
      name: "late",
      vendor: "test",
      capabilities: new Set(),
      async *stream(_request, { signal } = {}) {
        yield { type: "message-start", model: "m" };
        await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error))).finally(failed);
      },
    };
    const server = await startWebServer(0, { provider, description: "late", page, onFault });
    const leaving = new AbortController();
    await (await ask(server.url, undefined, { signal: leaving.signal })).body?.getReader().read();
    leaving.abort();
    await vi.waitFor(() => expect(failed).toHaveBeenCalled());
    await server.stop(0);
    expect(onFault).not.toHaveBeenCalled();
  });
});

describe("what is refused", () => {
  test.each<[string, string, Record<string, string>, string, number]>([
    ["the page under a foreign name (DNS rebinding)", "/", { host: "evil.example" }, "GET", 403],
    ["the page under a name that only begins like ours", "/", { host: "localhost.evil.example" }, "GET", 403],
    ["the page under an address of all interfaces", "/", { host: "0.0.0.0" }, "GET", 403],
    [
      "an answer for a page of another site",
      "/api/chat",
      { origin: "https://evil.example", "content-type": "application/json" },
      "POST",
      403,
    ],
    ["an answer for a page of no site (sandboxed)", "/api/chat", { origin: "null", "content-type": "application/json" }, "POST", 403],
    [
      "an answer for another server of this machine",
      "/api/chat",
      { origin: "http://127.0.0.1:1", "content-type": "application/json" },
      "POST",
      403,
    ],
    [
      "an answer when the browser says cross-site",
      "/api/chat",
      { "sec-fetch-site": "cross-site", "content-type": "application/json" },
      "POST",
      403,
    ],
    ["a form's content type", "/api/chat", { "content-type": "text/plain" }, "POST", 415],
    ["a page that there is not", "/../package.json", {}, "GET", 404],
  ])("%s", async (_name, path, headers, method, status) => {
    const { server, provider } = await started("hello");
    expect(await statusFor(server.url, path, headers, method)).toBe(status);
    expect(provider.calls).toHaveLength(0);
  });

  test.each(["", "no json", "null", "{}", '{"prompt":" "}', '{"prompt":["x"]}'])("the question %j", async (body) => {
    const { server } = await started("hello");
    expect((await ask(server.url, body)).status).toBe(400);
  });

  test("a question that is too long", async () => {
    const { server } = await started("hello");
    expect((await ask(server.url, { prompt: "x".repeat(300_000) })).status).toBe(413);
  });
});

test("the page comes under any of this machine's names, with a policy that lets nothing else run", async () => {
  const { server } = await started("hello");
  const { port } = new URL(server.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
    expect(await statusFor(server.url, "/", { host })).toBe(200);
  const policy = (await fetch(server.url)).headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain("unsafe");
});

describe("stopping", () => {
  test("lets an answer finish", async () => {
    const { server, provider } = await started("a whole answer", {}, { deltaDelay: 20 });
    const response = await ask(server.url);
    const stopped = server.stop(60_000);
    expect(provider.calls[0]?.outcome).toBe("running");
    expect((await framesOf(response)).at(-1)).toMatchObject({ type: "message-end" });
    await stopped;
  });

  test("ends an answer that takes too long with an error, and cancels it upstream", async () => {
    const { server, provider } = await started({ steps: [{ type: "text", deltas: ["a"] }, { type: "stall" }] });
    const response = await ask(server.url);
    const stopped = server.stop(20);
    expect((await framesOf(response)).at(-1)).toMatchObject({ type: "error", code: "shutdown", retryable: true });
    await provider.calls[0]?.released;
    await stopped;
  });

  test("takes no new connections", async () => {
    const { server } = await started("hello");
    await server.stop(0);
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  });
});
