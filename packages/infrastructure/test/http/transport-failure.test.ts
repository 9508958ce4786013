import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { inspect } from "node:util";
import { Secret, ServerException } from "@chatport/domain";
import ky from "ky";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureFromTransport, type FailureContext } from "../../src/http/failure.js";
import { createRedactor } from "../../src/http/redaction.js";

const canary = "sk-test-canary-0123456789";
const context: FailureContext = { provider: "work", redact: createRedactor([new Secret(canary)]) };

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return portOf(server);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}

/** A server that reads the request and then does this with the socket. */
function socketServer(answer: (socket: Socket) => void): Promise<number> {
  return listening(
    createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => answer(socket));
    }),
  );
}

async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

async function failureOf(url: string, more: Partial<FailureContext> = {}) {
  const thrown = await thrownBy(async () => (await fetch(url)).text());
  return failureFromTransport(thrown, { ...context, ...more });
}

describe("what a real socket does", () => {
  test("a refused connection says where and asks whether the server runs", async () => {
    const closed = createServer();
    closed.listen(0, "127.0.0.1");
    await once(closed, "listening");
    const port = portOf(closed);
    closed.close();
    await once(closed, "close");
    expect(await failureOf(`http://127.0.0.1:${port}/v1`)).toMatchObject({
      name: "NetworkException",
      code: "network",
      retryable: true,
      message: `Connection refused by 127.0.0.1:${port}: is the server running? (ECONNREFUSED)`,
    });
  });

  test("a connection reset before the answer", async () => {
    const port = await socketServer((socket) => socket.resetAndDestroy());
    const exception = await failureOf(`http://127.0.0.1:${port}`, { url: `http://127.0.0.1:${port}` });
    expect(exception).toMatchObject({ code: "network", retryable: true });
    expect(exception.message).toContain(`The connection to 127.0.0.1:${port} was closed`);
  });

  test("a connection closed in the middle of the answer, with what had arrived", async () => {
    const port = await socketServer((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc"));
    const partial = { role: "assistant", content: [{ type: "text", text: "abc" }] } as const;
    expect(await failureOf(`http://127.0.0.1:${port}`, { partial, usage: { inputTokens: 1 }, requestId: "r" })).toMatchObject({
      code: "network",
      retryable: true,
      partial,
      usage: { inputTokens: 1 },
      requestId: "r",
    });
  });

  test("an answer that is not HTTP", async () => {
    const port = await socketServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    const exception = await failureOf(`http://127.0.0.1:${port}`);
    expect(exception).toMatchObject({ code: "network", retryable: true });
    expect(exception.message).toMatch(/is not HTTP/);
  });

  test("https to a server that speaks http", async () => {
    const port = await socketServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const exception = await failureOf(`https://127.0.0.1:${port}`);
    expect(exception).toMatchObject({ code: "network", retryable: false });
    expect(exception.message).toMatch(/does not speak TLS.*http:\/\//);
  });

  test("a body that is not what its content-encoding says", async () => {
    const port = await listening(
      createHttpServer((_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("plain text")),
    );
    expect(await failureOf(`http://127.0.0.1:${port}`)).toMatchObject({ name: "ParseException", code: "malformed", retryable: false });
  });

  test("a host name that nobody has", async () => {
    const exception = await failureOf("http://chatport.invalid:8080/v1");
    expect(exception).toMatchObject({ code: "network", retryable: true });
    expect(exception.message).toMatch(/host name of chatport\.invalid.* cannot be resolved/);
  });

  test("a port that fetch refuses is the request's fault", async () => {
    expect(await failureOf("http://127.0.0.1:1/")).toMatchObject({ code: "invalid-request", retryable: false });
  });

  test("a redirect that fetch was told not to follow", async () => {
    const port = await listening(createHttpServer((_request, response) => response.writeHead(302, { location: "/x" }).end()));
    const thrown = await thrownBy(() => fetch(`http://127.0.0.1:${port}`, { redirect: "error" }));
    const exception = failureFromTransport(thrown, context);
    expect(exception.code).toBe("invalid-request");
    expect(exception.message).toContain("baseUrl");
  });

  test.each([`${canary}\n${canary}`, `${canary}\u2019`])("a key that HTTP cannot carry: %j", async (key) => {
    const thrown = await thrownBy(() => fetch("http://127.0.0.1:9", { headers: { authorization: `Bearer ${key}` } }));
    const exception = failureFromTransport(thrown, context);
    expect(exception).toMatchObject({ code: "invalid-request", retryable: false });
    expect(exception.message).toMatch(/in the key\?$/);
    expect(inspect(exception, { depth: 20, showHidden: true })).not.toContain("canary");
  });
});

/** An error as Node and undici make it. */
function withCode(code: string, message = code, more: object = {}): Error {
  return Object.assign(new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code, ...more }) }));
}

describe("the kind of a failure", () => {
  test.each([
    ["EAI_AGAIN", "network", true, undefined],
    ["EHOSTUNREACH", "network", true, undefined],
    ["EPIPE", "network", true, undefined],
    ["UND_ERR_SOCKET", "network", true, undefined],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout", true, "headers"],
    ["ETIMEDOUT", "timeout", true, "headers"],
    ["UND_ERR_HEADERS_TIMEOUT", "timeout", true, "headers"],
    ["UND_ERR_BODY_TIMEOUT", "timeout", true, "idle"],
    ["HPE_INVALID_CONSTANT", "network", true, undefined],
    ["CERT_HAS_EXPIRED", "network", false, undefined],
    ["CERT_NOT_YET_VALID", "network", false, undefined],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "network", false, undefined],
    ["SELF_SIGNED_CERT_IN_CHAIN", "network", false, undefined],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "network", false, undefined],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "network", false, undefined],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "network", false, undefined],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "network", false, undefined],
    ["EPROTO", "network", false, undefined],
    ["Z_DATA_ERROR", "malformed", false, undefined],
    ["Z_BUF_ERROR", "truncated", true, undefined],
    ["ERR__ERROR_FORMAT_PADDING_1", "malformed", false, undefined],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "truncated", true, undefined],
    ["ERR_INVALID_URL", "invalid-request", false, undefined],
    ["ESOMETHINGNEW", "network", true, undefined],
  ])("%s is %s", (raw, code, retryable, phase) => {
    const exception = failureFromTransport(withCode(raw), context);
    expect(exception).toMatchObject({ code, retryable });
    expect(Reflect.get(exception, "phase")).toBe(phase);
  });

  test.each([
    ["a browser", new TypeError("Failed to fetch"), /CORS/],
    ["Safari", new TypeError("Load failed"), /CORS/],
    ["Firefox", new TypeError("NetworkError when attempting to fetch resource."), /CORS/],
    [
      "Deno",
      new TypeError(
        "error sending request for url (http://127.0.0.1:9/): client error (Connect): tcp connect error: Connection refused (os error 111)",
      ),
      /refused/,
    ],
    ["Bun", Object.assign(new Error("Unable to connect."), { code: "ConnectionRefused" }), /refused/],
    ["a custom fetch", new Error("Out of paper"), /failed: Out of paper/],
    ["one that throws a string", "Out of ink", /failed: Out of ink/],
    ["one that throws nothing", undefined, /failed\.$/],
  ])("in %s", (_name, thrown, words) => {
    const exception = failureFromTransport(thrown, context);
    expect(exception).toMatchObject({ code: "network", retryable: true });
    expect(exception.message).toMatch(words);
  });

  test("of several addresses tried is that of one of them", () => {
    const tried = ["::1", "127.0.0.1"].map((address) => Object.assign(new Error("connect"), { code: "ECONNREFUSED", address, port: 9 }));
    const exception = failureFromTransport(new TypeError("fetch failed", { cause: new AggregateError(tried) }), context);
    expect(exception.message).toBe("Connection refused by 127.0.0.1:9: is the server running? (ECONNREFUSED)");
  });

  test("survives a chain of causes that is a circle, and getters that throw", () => {
    const circle = new Error("round");
    circle.cause = circle;
    expect(failureFromTransport(circle, context)).toMatchObject({ code: "network", cause: { message: "round" } });
    expect(inspect(failureFromTransport(circle, context), { depth: 20 })).not.toMatch(/round[^]*round[^]*round/);
    const trap = Object.defineProperty(new Error("trap"), "code", {
      get: () => {
        throw new Error("sprung");
      },
    });
    expect(failureFromTransport(trap, context).code).toBe("network");
  });

  test("an exception of ours passes through", () => {
    const ours = new ServerException("unavailable", "Down.", { provider: "work" });
    expect(failureFromTransport(ours, context)).toBe(ours);
  });
});

describe("what is kept of the original error", () => {
  test("is names, codes and messages: no request, no headers, no key", async () => {
    const port = await socketServer((socket) => socket.resetAndDestroy());
    const url = `http://127.0.0.1:${port}/v1?key=${canary}`;
    const thrown = await thrownBy(() =>
      ky(url, { retry: 0, headers: { authorization: `Bearer ${canary}`, "x-other": "other-header" } }).text(),
    );
    expect(inspect(thrown, { depth: 20 })).toContain(canary);

    const exception = failureFromTransport(thrown, context);
    const shown = inspect(exception, { depth: 20, showHidden: true }) + JSON.stringify(exception) + exception.stack;
    expect(shown).not.toMatch(/canary|other-header/);
    expect(shown).toContain("ECONNRESET");
    expect(exception.message).toContain(`127.0.0.1:${port}`);
    expect(exception.cause).toMatchObject({
      name: "NetworkError",
      cause: { name: "TypeError", message: "fetch failed", cause: { code: "ECONNRESET" } },
    });
  });

  test("is bounded and printable", () => {
    const exception = failureFromTransport(new Error(`\u001B[31m${"long ".repeat(1000)}`), context);
    expect(exception.message).toMatch(/^\P{Cc}{1,600}$/u);
    expect(exception.cause).toMatchObject({ message: expect.stringMatching(/^long .*…$/) });
  });
});
