import { describe, expect, test } from "vitest";
import errors from "../../fixtures/gemini/errors.json" with { type: "json" };
import { expectLawful } from "../../support/answer-rules.js";
import { ask, sse } from "./gemini-server.js";

const begun = { candidates: [{ content: { parts: [{ text: "Hel" }] }, index: 0 }], usageMetadata: { promptTokenCount: 3 } };

describe.each(errors)("$name", ({ status, body, code, retryable, providerCode, ...rest }) => {
  const expected = { code, retryable, status, providerCode, ...("retryAfterMs" in rest && { retryAfterMs: rest.retryAfterMs }) };

  test("is classified by its status and words", async () => {
    const { exception, events } = await ask(JSON.stringify(body), status);
    expect(exception).toMatchObject(expected);
    expect(exception?.message).toContain(body.error.message.slice(0, 40));
    expect(events).toEqual([]);
  });

  test("is the same in an array, which the API sends without alt=sse", async () => {
    expect((await ask(JSON.stringify([body], null, 2), status)).exception).toMatchObject(expected);
  });

  test("is the same inside a stream, with what had arrived", async () => {
    for (const event of [body, [body]]) {
      const seen = await ask(sse([begun, event]));
      expectLawful(seen);
      expect(seen.exception).toMatchObject({
        ...expected,
        usage: { inputTokens: 3 },
        partial: { content: [{ type: "text", text: "Hel" }] },
      });
    }
  });

  test("is the same as a document with status 200", async () => {
    for (const document of [body, [body]]) expect((await ask(JSON.stringify(document))).exception).toMatchObject(expected);
  });
});

describe("a prompt that was blocked", () => {
  // https://ai.google.dev/api/generate-content#PromptFeedback
  const blocked = {
    promptFeedback: { blockReason: "PROHIBITED_CONTENT", safetyRatings: [] },
    usageMetadata: { promptTokenCount: 7, totalTokenCount: 7 },
    modelVersion: "gemini-3.8-flash",
  };

  test.each([
    ["in a stream", sse([blocked])],
    ["as a whole answer", JSON.stringify(blocked)],
  ])("throws content-filter %s, with the reason and the tokens", async (_where, body) => {
    const seen = await ask(body);
    expectLawful(seen);
    expect(seen.exception).toMatchObject({
      code: "content-filter",
      providerCode: "PROHIBITED_CONTENT",
      retryable: false,
      usage: { inputTokens: 7 },
    });
  });

  test("feedback without a reason blocks nothing", async () => {
    const answered = { ...begun, candidates: [{ finishReason: "STOP" }], promptFeedback: { safetyRatings: [] } };
    expect((await ask(sse([begun, answered]))).end?.finishReason).toBe("stop");
  });
});

describe("a call whose arguments come in pieces", () => {
  // https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
  test.each([
    ["begins", { name: "pay", willContinue: true }],
    ["goes on", { partialArgs: [{ jsonPath: "$.sum", numberValue: 5 }], willContinue: true }],
    ["ends", { partialArgs: [] }],
  ])("is refused where it %s, as it would be run without them", async (_when, functionCall) => {
    const { end, exception } = await ask(sse([begun, { candidates: [{ content: { parts: [{ functionCall }] }, finishReason: "STOP" }] }]));
    expect(end).toBeUndefined();
    expect(exception).toMatchObject({ code: "malformed", message: expect.stringContaining("streamFunctionCallArguments") });
  });
});

describe("finish reasons", () => {
  test.each([
    ["STOP", "stop"],
    ["MAX_TOKENS", "length"],
    ["CONTINUATION", "pause"],
    ["SAFETY", "content-filter"],
    ["RECITATION", "content-filter"],
    ["BLOCKLIST", "content-filter"],
    ["PROHIBITED_CONTENT", "content-filter"],
    ["SPII", "content-filter"],
    ["IMAGE_SAFETY", "content-filter"],
    ["LANGUAGE", "other"],
    ["UNEXPECTED_TOOL_CALL", "other"],
    ["SOMETHING_NEW", "other"],
  ])("%s is %s", async (rawFinishReason, finishReason) => {
    expect((await ask(sse([begun, { candidates: [{ finishReason: rawFinishReason }] }]))).end).toMatchObject({
      finishReason,
      rawFinishReason,
    });
  });

  test("MALFORMED_RESPONSE is a failure that may be retried", async () => {
    const { exception } = await ask(sse([begun, { candidates: [{ finishReason: "MALFORMED_RESPONSE" }] }]));
    expect(exception).toMatchObject({ code: "unavailable", retryable: true, providerCode: "MALFORMED_RESPONSE" });
  });

  test("FINISH_REASON_UNSPECIFIED says nothing, and the answer is truncated", async () => {
    const seen = await ask(sse([begun, { candidates: [{ finishReason: "FINISH_REASON_UNSPECIFIED" }] }]));
    expect(seen.exception?.code).toBe("truncated");
  });

  test("a reason that every chunk repeats does not end the answer early", async () => {
    const piece = (text: string) => ({ candidates: [{ content: { parts: [{ text }] }, finishReason: "STOP" }] });
    expect((await ask(sse([piece("a"), piece("b")]))).parts).toEqual([{ type: "text", text: "ab" }]);
  });
});

describe("what is no answer", () => {
  test.each([
    ["nothing but tokens", { usageMetadata: { promptTokenCount: 1 }, modelVersion: "m" }, "truncated"],
    ["an empty list", [], "truncated"],
    ["a list of models", { models: [] }, "malformed"],
    ["candidates of a wrong shape", { candidates: [{ content: { parts: [{ text: 5 }] }, finishReason: "STOP" }] }, "malformed"],
  ])("%s", async (_what, body, code) => {
    expect((await ask(JSON.stringify(body))).exception?.code).toBe(code);
  });
});
