import { describe, expect, test } from "vitest";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { observe } from "../../../support/observed-answer.js";
import { fixture, providerOf } from "./responses-streams.js";
import { ask, end, event, request, start, text } from "./stream-text.js";

describe("what ends badly", () => {
  const begun = { partial: { role: "assistant", content: [{ type: "text", text: "Let me" }] } };

  test.each([
    ["failed.sse", { code: "unavailable", retryable: true, providerCode: "server_error" }],
    ["error-flat.sse", { code: "unavailable", retryable: true, providerCode: "server_error" }],
    ["error-nested.sse", { code: "rate-limit", retryable: true, providerCode: "rate_limit_exceeded", retryAfterMs: 6570 }],
    ["cut-off.sse", { code: "truncated", retryable: true }],
  ])("%s throws, with what had arrived", async (file, expected) => {
    const { exception, end: ended } = await observe(providerOf([fixture(file)]).stream(request));
    expect(ended).toBeUndefined();
    expect(exception).toMatchObject({ ...expected, ...begun });
  });

  test.each([
    ["server_error", "unavailable"],
    ["rate_limit_exceeded", "rate-limit"],
    ["invalid_prompt", "content-filter"],
    ["bio_policy", "content-filter"],
    ["context_length_exceeded", "context-overflow"],
    ["insufficient_quota", "quota"],
    ["image_too_large", "invalid-request"],
    ["content_filter", "content-filter"],
  ])("a response that failed with %s is %s, in a stream and whole", async (errorCode, code) => {
    const response = { id: "resp_1", object: "response", status: "failed", output: [], error: { code: errorCode, message: "So it is." } };
    for (const body of [start + event("response.failed", { response }), JSON.stringify(response)]) {
      const { exception } = await ask(body);
      expect(exception).toMatchObject({ code, providerCode: errorCode, message: expect.stringContaining("So it is.") });
    }
  });

  test.each([
    ['{"type":"error","code":"rate_limit_exceeded","message":"Slow down.","param":null}', "rate-limit"],
    ['{"type":"error","error":{"code":"server_error","message":"Slow down."}}', "unavailable"],
    ['{"error":{"code":503,"message":"Slow down."}}', "unavailable"],
  ])("an error that only its data tells of throws: %s", async (data, code) => {
    const { exception } = await ask(`${start}${text("Hi", {})}data: ${data}\n\n${end()}`);
    expect(exception).toMatchObject({ code, message: expect.stringContaining("Slow down."), partial: { content: [{ text: "Hi" }] } });
  });

  test("a failure tells the tokens that it cost", async () => {
    const response = { status: "failed", error: { code: "server_error", message: "no" }, usage: { input_tokens: 3, output_tokens: 1 } };
    const { exception } = await ask(start + event("response.failed", { response }));
    expect(exception).toMatchObject({ usage: { inputTokens: 3, outputTokens: 1 } });
  });

  test("one that says nothing of why it failed is unavailable, and so is one that was cancelled", async () => {
    for (const status of ["failed", "cancelled"]) {
      const { exception } = await ask(JSON.stringify({ object: "response", status, output: [] }));
      expect(exception).toMatchObject({ code: "unavailable", providerCode: status });
    }
  });

  test.each(["queued", "in_progress"])("a whole answer that is %s is no answer yet", async (status) => {
    const { exception } = await ask(JSON.stringify({ object: "response", status, output: [] }));
    expect(exception).toMatchObject({ code: "truncated", message: expect.stringContaining(status) });
  });

  test("[DONE] alone ends nothing", async () => {
    const { exception } = await ask(`${start}${text("Hi", {})}data: [DONE]\n\n`);
    expect(exception).toMatchObject({ code: "truncated" });
  });

  test("an error that Azure's content filter put in the stream", async () => {
    const error = {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: "prompt",
      code: "content_filter",
      status: 400,
      innererror: { code: "ResponsibleAIPolicyViolation" },
    };
    expect((await ask(start + event("error", { error }))).exception).toMatchObject({ code: "content-filter", retryable: false });
  });

  test.each([
    [
      400,
      { error: { message: "Too long.", type: "invalid_request_error", param: "input", code: "context_length_exceeded" } },
      "context-overflow",
    ],
    [
      400,
      { error: { message: "Your prompt was flagged.", type: "invalid_request_error", param: null, code: "invalid_prompt" } },
      "content-filter",
    ],
    [400, { error: { message: "Item 'rs_1' not found.", type: "invalid_request_error", param: "input", code: null } }, "invalid-request"],
    [401, { error: { message: "Incorrect API key provided.", type: "invalid_request_error", code: "invalid_api_key" } }, "authentication"],
    [404, { error: { code: "404", message: "Resource not found" } }, "not-found"],
    [404, { error: { code: "DeploymentNotFound", message: "The API deployment for this resource does not exist." } }, "not-found"],
    [429, { error: { message: "You exceeded your current quota.", type: "insufficient_quota", code: "insufficient_quota" } }, "quota"],
    [
      400,
      {
        error: {
          message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
          code: "content_filter",
          status: 400,
          innererror: { code: "ResponsibleAIPolicyViolation", content_filter_result: { hate: { filtered: true, severity: "high" } } },
        },
      },
      "content-filter",
    ],
  ])("the status %i with %o is %s", async (status, body, code) => {
    const fetch = () => Promise.resolve(Response.json(body, { status }));
    const provider = createOpenAIResponsesProvider({ model: "m", retry: false, fetch });
    expect((await observe(provider.stream(request))).exception).toMatchObject({ code, status });
  });

  test("pieces of the wrong shape are malformed", async () => {
    const odd = [
      event("response.output_text.delta", { delta: 5 }),
      event("response.output_item.added", { item: "text" }),
      event("response.output_item.done", { item: { type: "message", content: "text" } }),
      event("response.completed", { response: { output: [null] } }),
      "event: response.output_text.delta\ndata: {oops\n\n",
    ];
    for (const broken of odd) expect((await ask(start + broken + end())).exception, broken).toMatchObject({ code: "malformed" });
  });

  test("a whole document that is no response is malformed", async () => {
    expect((await ask(JSON.stringify({ id: "chatcmpl-1", choices: [] }))).exception).toMatchObject({ code: "malformed" });
  });
});
