import { describe, expect, test } from "vitest";
import { expectSaid, expectSameEventsCutAnywhere } from "../../../support/fixture-stream.js";
import { observe } from "../../../support/observed-answer.js";
import { cut } from "../../../support/pieces.js";
import { eventsOf, fixture, providerOf, streamCases } from "./responses-streams.js";
import { ask, call, done, end, event, request, start, text } from "./stream-text.js";

describe.each(streamCases)("$file", (said) => {
  const bytes = fixture(said.file);

  test("says what it says", async () => {
    const seen = await observe(providerOf([bytes]).stream(request));
    expectSaid(seen, said);
    expect(seen.events[0]).toMatchObject({ type: "message-start", model: "gpt-5-mini-2025-08-07", id: expect.stringMatching(/^resp_/u) });
  });

  test("says the same cut at every byte", async () => {
    const whole = await observe(providerOf([bytes]).stream(request));
    expect(await observe(providerOf(cut(bytes, 1)).stream(request))).toEqual(whole);
    await expectSameEventsCutAnywhere(bytes, whole.events, eventsOf);
  });

  test("says the same when it is asked for whole", async () => {
    const last = new TextDecoder().decode(bytes).trimEnd().split("\n").at(-1) ?? "";
    const { response }: { readonly response: object } = JSON.parse(last.slice("data: ".length));
    expectSaid(await ask(JSON.stringify(response)), said);
  });

  test("is no success when it ends before its last event", async () => {
    const last = Buffer.from(bytes).lastIndexOf("event: response.");
    const { end: ended, exception } = await observe(providerOf([bytes.slice(0, last)]).stream(request));
    expect(ended).toBeUndefined();
    expect(exception).toMatchObject({ code: "truncated", retryable: true });
    expect(exception?.partial?.content).toHaveLength(said.parts.length);
  });
});

describe("how it ends", () => {
  test.each([
    ["response.incomplete", { incomplete_details: { reason: "max_output_tokens" } }, "length", "max_output_tokens"],
    ["response.incomplete", { incomplete_details: { reason: "content_filter" } }, "content-filter", "content_filter"],
    ["response.incomplete", { incomplete_details: { reason: "steered" } }, "other", "steered"],
    ["response.incomplete", { incomplete_details: null }, "other", "incomplete"],
    ["response.completed", { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }, "length", "max_output_tokens"],
    ["response.completed", { incomplete_details: null }, "stop", "completed"],
    ["response.completed", { status: "stop" }, "stop", "completed"],
    ["response.completed", { status: "length" }, "length", "length"],
    ["response.completed", { incomplete_details: { reason: "max_output_tokens" } }, "length", "max_output_tokens"],
    ["response.incomplete", { status: "completed", incomplete_details: { reason: "max_output_tokens" } }, "length", "max_output_tokens"],
  ])("%s with %o finishes as %s", async (type, response, finishReason, rawFinishReason) => {
    expect((await ask(start + event(type, { response }))).end).toMatchObject({ finishReason, rawFinishReason });
  });

  test.each(["completed", "incomplete", "in_progress", "error", null])(
    "response.failed is a failure, though the status is %s",
    async (status) => {
      const seen = await ask(start + event("response.failed", { response: { status, error: null } }));
      expect(seen.end).toBeUndefined();
      expect(seen.exception).toMatchObject({ code: "unavailable" });
    },
  );

  test("a call that was made when the tokens ran out does not hide that they did", async () => {
    const body =
      start +
      done(call("fc_1", "call_1", "{}"), 0) +
      event("response.incomplete", { response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } } });
    const seen = await ask(body);
    expect(seen.end).toMatchObject({ finishReason: "length" });
    expect(seen.parts).toMatchObject([{ type: "tool-call", id: "call_1" }]);
  });

  test("what follows the end counts no more", async () => {
    const seen = await ask(`${start}${text("Hi", {})}${end()}data: [DONE]\n\n${event("error", { message: "too late" })}`);
    expect(seen.exception).toBeUndefined();
    expect(seen.parts).toMatchObject([{ type: "text", text: "Hi" }]);
  });
});
