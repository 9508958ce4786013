import { readFileSync } from "node:fs";
import { userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { observe } from "../../../support/observed-answer.js";
import { canary, chunk, respond } from "../../../support/openai-server.js";
import { serveAzure } from "./azure-server.js";

const cases = z
  .array(
    z.object({
      name: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      expected: z.looseObject({ message: z.array(z.string()) }),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("../../../fixtures/azure-openai/errors.json", import.meta.url), "utf8")));

const request = { messages: [userMessage("hi")] };

describe.each([{}, { apiVersion: "2024-10-21" }])("what Azure answers with an error (%j)", (config) => {
  test.each(cases)("$name", async ({ status, headers, body, expected: { message, ...expected } }) => {
    await using served = await serveAzure(respond(body, headers, status), config);
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ provider: "azure-openai", status, requestId: headers["apim-request-id"], ...expected });
    for (const words of message) expect(exception?.message).toContain(words);
    expect(exception?.message.length).toBeLessThanOrEqual(800);
  });
});

describe("an error of Azure's", () => {
  const notFound = '{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}';

  test("names the deployment that a request asked for, not only the configured one", async () => {
    await using served = await serveAzure(respond(notFound, {}, 404), { apiVersion: "2024-10-21" });
    const { exception } = await observe(served.provider.stream({ ...request, model: "my model/2" }));
    expect(exception?.message).toContain('There is no deployment "my model/2"');
    expect(served.exchanges[0]?.request.url).toBe("/openai/deployments/my%20model%2F2/chat/completions?api-version=2024-10-21");
  });

  test("shows no key, even where the server echoes it among the categories", async () => {
    const results = { [canary]: { filtered: true, severity: canary } };
    const body = JSON.stringify({ error: { code: "content_filter", message: canary, innererror: { content_filter_result: results } } });
    await using served = await serveAzure(respond(body, {}, 400));
    const { exception } = await observe(served.provider.stream(request));
    expect(exception?.message).toMatch(/^Filtered for \[redacted\] \(\[redacted\]\): \[redacted\]/u);
  });

  test.each([
    ["no JSON", "<html><title>Bad Request</title></html>", "Bad Request"],
    ["JSON of another form", '["no"]', "no"],
    [
      "categories that were all fine",
      '{"error":{"message":"Said.","innererror":{"content_filter_result":{"hate":{"filtered":false}}}}}',
      "Said.",
    ],
    [
      "that the filter did not run",
      '{"error":{"message":"Said.","innererror":{"content_filter_result":{"error":{"code":"content_filter_error","message":"No."}}}}}',
      "Said.",
    ],
    ["an error that is a word", '{"error":"refused"}', "refused"],
  ])("keeps its words when it is %s", async (_what, body, words) => {
    await using served = await serveAzure(respond(body, {}, 400));
    const { exception } = await observe(served.provider.stream(request));
    expect(exception?.message).toContain(words);
    expect(exception?.message).not.toContain("Filtered");
  });

  test.each([
    ['{"error":{"code":"content_filter","message":"The response was filtered.","status":400}}', "content-filter", false],
    ['{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 2 seconds."}}', "rate-limit", true],
    ['{"error":{"message":"The server had an error processing your request.","type":"server_error","code":null}}', "unavailable", true],
  ])("in the middle of a stream is an exception with what had arrived: %s", async (error, code, retryable) => {
    await using served = await serveAzure(respond(`${chunk("Hel")}data: ${error}\n\n`));
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code, retryable, partial: { content: [{ type: "text", text: "Hel" }] } });
  });

  test.each([
    ["an event", ""],
    ["an event called error", "event: error\n"],
  ])("in the middle of a stream names the categories and shows no key, as %s", async (_what, line) => {
    const results = { violence: { filtered: true, severity: "medium" }, hate: { filtered: false }, [canary]: { detected: true } };
    const error = { code: "content_filter", message: "Refused.", innererror: { content_filter_result: results } };
    await using served = await serveAzure(respond(`${chunk("Hel")}${line}data: ${JSON.stringify({ error })}\n\n`));
    const { exception } = await observe(served.provider.stream(request));
    expect(exception).toMatchObject({ code: "content-filter", partial: { content: [{ type: "text", text: "Hel" }] } });
    expect(exception?.message).toMatch(/^Filtered for violence \(medium\), \[redacted\]: Refused\./u);
  });

  test("whose body does not end is not waited for after an abort, and its socket is freed", async () => {
    const begun = Promise.withResolvers<AbortSignal>();
    await using served = await serveAzure(({ response, over }) => {
      response.writeHead(400, { "content-type": "application/json" }).write('{"error":{"message":"Sa', () => begun.resolve(over));
    });
    const aborting = new AbortController();
    const first = served.provider.stream(request, { signal: aborting.signal })[Symbol.asyncIterator]().next();
    const over = await begun.promise;
    const reason = new Error("enough");
    aborting.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect.poll(() => over.aborted).toBe(true);
  });

  test.each([".", "..", "%2e%2E", "", "\ud800"])(
    "is the library's own for the deployment %j, which would make another path",
    async (model) => {
      await using served = await serveAzure(respond(""), { apiVersion: "2024-10-21", model });
      const { exception } = await observe(served.provider.stream(request));
      expect(exception).toMatchObject({ code: "invalid-request", message: "The model is no deployment's name." });
      expect(served.exchanges).toEqual([]);
    },
  );
});
