import { isChatException, Secret } from "@chatport/domain";
import { describe, expect, test, vi } from "vitest";
import { HttpClient, headerValue, type HttpClientOptions } from "../../src/http/http-client.js";
import { createRedactor } from "../../src/http/redaction.js";
import { stall } from "../../src/testing/body-writer.js";
import { startLoopbackServer } from "../../src/testing/loopback-server.js";
import { collectGarbage } from "../support/collect-garbage.js";
import { forwardingFetch } from "../support/forwarding-fetch.js";

const signal = new AbortController().signal;

interface Recorded {
  readonly client: HttpClient;
  readonly requests: readonly Request[];
}

function record(answer: (request: Request) => Response | Promise<Response>, options: Partial<HttpClientOptions> = {}): Recorded {
  const requests: Request[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    requests.push(request);
    return answer(request);
  };
  const failure = { provider: "test", redact: createRedactor([]) };
  return { client: new HttpClient({ baseUrl: "https://api.example/v1", headers: {}, fetch, failure, ...options }), requests };
}

const fine = (): Response => Response.json({});

describe("requests", () => {
  test("go to the base URL's path, with or without a slash at its end", async () => {
    for (const baseUrl of ["https://api.example/v1", "https://api.example/v1/", "https://api.example/v1//", "https://api.example/a/b/v1"]) {
      const { client, requests } = record(fine, { baseUrl });
      await client.send({ method: "get", path: "/models", signal });
      expect(requests[0]?.url).toBe(`${baseUrl.replace(/\/+$/u, "")}/models`);
    }
  });

  test("carry a JSON body under its content type, and ask for what they accept", async () => {
    const { client, requests } = record(fine);
    await client.send({ method: "post", path: "/x", json: { text: "é🌍" }, accept: "text/event-stream", signal });
    expect(requests[0]?.method).toBe("POST");
    expect(requests[0]?.headers.get("content-type")).toBe("application/json");
    expect(requests[0]?.headers.get("accept")).toBe("text/event-stream");
    expect(await requests[0]?.json()).toEqual({ text: "é🌍" });
  });

  test("carry the configured headers, and the key that `authorize` puts on them", async () => {
    const { client, requests } = record(fine, { headers: { "X-Team": "blue" }, authorize: (headers) => headers.set("x-api-key", "k") });
    await client.send({ method: "get", path: "/models", signal });
    expect(requests[0]?.headers.get("x-team")).toBe("blue");
    expect(requests[0]?.headers.get("x-api-key")).toBe("k");
  });

  test("carry the configured headers in place of the client's own, however they are spelt", async () => {
    const { client, requests } = record(fine, { headers: { "x-team": "red", ACCEPT: "text/plain", "X-Team": "blue" } });
    await client.send({ method: "get", path: "/models", accept: "application/json", signal });
    expect(requests[0]?.headers.get("accept")).toBe("text/plain");
    expect(requests[0]?.headers.get("x-team")).toBe("blue");
  });

  test("are made once, whatever the answer", async () => {
    for (const status of [429, 500, 503]) {
      const { client, requests } = record(() => new Response("busy", { status, headers: { "retry-after": "0" } }));
      await expect(client.send({ method: "get", path: "/models", signal })).rejects.toMatchObject({ status });
      expect(requests).toHaveLength(1);
    }
    const { client, requests } = record(() => Promise.reject(new TypeError("fetch failed")));
    await expect(client.send({ method: "get", path: "/models", signal })).rejects.toMatchObject({ cause: { message: "fetch failed" } });
    expect(requests).toHaveLength(1);
  });

  test("are aborted by their signal", async () => {
    const controller = new AbortController();
    const { client, requests } = record(
      ({ signal: given }) =>
        new Promise((_resolve, reject) => {
          given.addEventListener("abort", () => reject(given.reason as Error));
        }),
    );
    const sent = client.send({ method: "get", path: "/models", signal: controller.signal });
    await expect.poll(() => requests.length).toBe(1);
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
  });

  test("are aborted by their signal behind a `fetch` that makes other requests of them, also once those are garbage", async () => {
    await using server = await startLoopbackServer(({ response, over }) => stall(response, over, undefined));
    const controller = new AbortController();
    const { client } = record(fine, { baseUrl: "http://api.example/v1", fetch: forwardingFetch(server.origin) });
    const sent = client.send({ method: "get", path: "/models", signal: controller.signal });
    await expect.poll(() => server.inFlight()).toBe(1);
    for (let turn = 0; turn < 3; turn++) await collectGarbage();
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
    await server.released;
  });

  test("are aborted by their signal while the words of an error are awaited, also once they are garbage", async () => {
    await using server = await startLoopbackServer(({ response, over }) => {
      response.writeHead(500).write("the engine");
      return stall(response, over, undefined);
    });
    const controller = new AbortController();
    const { client } = record(fine, { baseUrl: server.origin, fetch: globalThis.fetch });
    const begun = Promise.withResolvers<void>();
    const sent = client.send({ method: "get", path: "/models", signal: controller.signal, onResponse: () => begun.resolve() });
    const failed = sent.catch((error: unknown) => error);
    await begun.promise;
    for (let round = 0; round < 3; round++) await collectGarbage();
    controller.abort(new Error("enough"));
    await expect.poll(() => server.inFlight(), { timeout: 2_000 }).toBe(0);
    expect(await failed).toBeInstanceOf(Error);
  });
});

describe("answers", () => {
  test("a success is handed over unread", async () => {
    const { client } = record(() => new Response("body", { status: 201 }));
    const response = await client.send({ method: "get", path: "/models", signal });
    expect(response.bodyUsed).toBe(false);
    expect(await response.text()).toBe("body");
  });

  test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed, and says where it leads", async (status) => {
    const { client, requests } = record(() => new Response(null, { status, headers: { location: "https://evil.example/v1/models" } }));
    const failure = await client.send({ method: "get", path: "/models", signal }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "invalid-request", retryable: false, message: expect.stringContaining("evil.example") });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.redirect).toBe("manual");
  });

  test("an error is read for its words, within bounds, and its body is let go", async () => {
    const cancel = vi.fn<() => void>();
    const words = new TextEncoder().encode(`{"error":{"message":"no such model"}}${" ".repeat(1_000)}`);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += words.length;
        controller.enqueue(words);
      },
      cancel,
    });
    const { client } = record(() => new Response(endless, { status: 404 }));
    const failure = await client.send({ method: "get", path: "/models", signal }).catch((error: unknown) => error);
    expect(isChatException(failure)).toBe(true);
    expect(failure).toMatchObject({ code: "not-found", message: expect.stringContaining("no such model") });
    expect(pulled).toBeLessThan(200_000);
    expect(cancel).toHaveBeenCalled();
  });

  test("an error whose body breaks off still tells its status and what had come", async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("upstream is dow")),
      pull: (controller) => controller.error(new Error("ECONNRESET")),
    });
    const { client } = record(() => new Response(broken, { status: 502 }));
    await expect(client.send({ method: "get", path: "/models", signal })).rejects.toMatchObject({
      code: "unavailable",
      status: 502,
      message: expect.stringContaining("upstream is dow"),
    });
  });
});

describe("a key as a header's value", () => {
  test("is trimmed", () => {
    expect(headerValue(new Secret(" sk-test-1\n"), "test")).toBe("sk-test-1");
  });

  test.each(["", "  ", "sk-test\r\nx-evil: 1", "sk-tést", "sk test", "sk-“test”"])("%j is refused without being shown", (value) => {
    const thrown = ((): unknown => {
      try {
        return headerValue(new Secret(value), "test");
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ code: "invalid-request", message: expect.stringContaining("API key") });
    if (value.trim() !== "") expect(String(thrown)).not.toContain(value.trim());
  });
});
