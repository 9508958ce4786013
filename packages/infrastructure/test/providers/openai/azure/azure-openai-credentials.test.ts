import { inspect } from "node:util";
import { Secret, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { observe } from "../../../support/observed-answer.js";
import { canary, goodStream, respond } from "../../../support/openai-server.js";
import { serveAzure } from "./azure-server.js";

const request = { messages: [userMessage("hi")] };

describe("what a request of Azure's carries", () => {
  test.each([
    ["a key", { apiKey: "a-key" }, { key: "a-key", authorization: undefined }],
    ["a key as a secret", { apiKey: new Secret("a-key") }, { key: "a-key", authorization: undefined }],
    ["a token", { token: "eyJ.a.b" }, { key: undefined, authorization: "Bearer eyJ.a.b" }],
    ["a token as a secret", { token: new Secret("eyJ.a.b\n") }, { key: undefined, authorization: "Bearer eyJ.a.b" }],
    ["a token that a function gives", { token: () => "eyJ.a.b" }, { key: undefined, authorization: "Bearer eyJ.a.b" }],
  ])("%s, for the models too", async (_what, config, expected) => {
    await using served = await serveAzure(({ request: { url = "" }, response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(url.endsWith("/models") ? '{"data":[]}' : goodStream);
    }, config);
    await observe(served.provider.stream(request));
    await served.provider.listModels?.();
    const sent = served.exchanges.map(({ request: { headers } }) => ({ key: headers["api-key"], authorization: headers.authorization }));
    expect(sent).toEqual([expected, expected]);
  });

  test("a fresh token for every request", async () => {
    let given = 0;
    await using served = await serveAzure(respond(goodStream), { token: async () => `token-${++given}` });
    await observe(served.provider.stream(request));
    await observe(served.provider.stream(request));
    expect(served.exchanges.map(({ request: { headers } }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
  });
});

describe("a token", () => {
  test("of a function is shown by no exception, not even when it is no longer the latest", async () => {
    const tokens = ["first-canary-token", "second-canary-token"];
    let next = 0;
    const body = JSON.stringify({ error: { code: "401", message: `Refused: ${tokens.join(", ")}` } });
    await using served = await serveAzure(respond(body, { "x-request-id": tokens[0] ?? "" }, 401), { token: () => tokens[next++] ?? "" });
    await observe(served.provider.stream(request));
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "authentication" });
    expect(exception?.message).toContain("Refused: [redacted], [redacted]");
    expect(inspect(exception, { depth: 20, showHidden: true })).not.toContain("canary");
  });

  test("is not shown where it was configured", async () => {
    await using served = await serveAzure(respond(`{"error":{"message":"Refused: ${canary}"}}`, {}, 401), { token: canary });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception?.message).toContain("Refused: [redacted]");
    expect(inspect(served.provider, { depth: 20, showHidden: true })).not.toContain(canary);
  });

  test("that cannot be had fails before anything is sent", async () => {
    await using served = await serveAzure(respond(goodStream), { token: () => Promise.reject(new Error("No managed identity here.")) });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({
      code: "authentication",
      retryable: false,
      message: "The function that gives the token failed: No managed identity here.",
      cause: { message: "No managed identity here." },
    });
    expect(served.exchanges).toEqual([]);
  });

  test("that is told by the function that cannot renew it is not shown", async () => {
    let given = false;
    const token = (): string => {
      if (given) throw new Error(`expired: ${canary}`, { cause: new Error(canary) });
      given = true;
      return canary;
    };
    await using served = await serveAzure(respond(goodStream), { token });
    await observe(served.provider.stream(request));
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "authentication" });
    expect(inspect(exception, { depth: 20, showHidden: true })).not.toContain(canary);
  });

  test("that is none fails before anything is sent", async () => {
    const none: (text: string) => string = JSON.parse;
    await using served = await serveAzure(respond(goodStream), { token: () => none("null") });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "authentication", message: "The function that gives the token gave none." });
    expect(served.exchanges).toEqual([]);
  });

  test("with a line break inside is refused without being shown", async () => {
    await using served = await serveAzure(respond(goodStream), { token: () => "canary\r\nX-Evil: 1" });
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "invalid-request" });
    expect(inspect(exception)).not.toContain("canary");
    expect(served.exchanges).toEqual([]);
  });

  test("that does not come is not waited for after an abort", async () => {
    const aborting = new AbortController();
    const asked = Promise.withResolvers<void>();
    const token = (): Promise<string> => {
      asked.resolve();
      return new Promise(() => undefined);
    };
    await using served = await serveAzure(respond(goodStream), { token });
    const first = served.provider.stream(request, { signal: aborting.signal })[Symbol.asyncIterator]().next();
    await asked.promise;
    const reason = new Error("enough");
    aborting.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect(served.exchanges).toEqual([]);
  });
});

test("neither key nor token follows a redirect", async () => {
  for (const config of [{ apiKey: canary }, { token: canary }]) {
    await using elsewhere = await serveAzure(respond(goodStream));
    await using served = await serveAzure(respond("", { location: `${elsewhere.endpoint}/openai/v1/chat/completions` }, 307), config);
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "invalid-request", status: 307 });
    expect(elsewhere.exchanges).toEqual([]);
  }
});
