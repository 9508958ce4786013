import { expect, test } from "vitest";
import { AnswerReader, type Reading } from "../../src/http/answer-reader.js";
import { JsonBody } from "../../src/http/json-body.js";
import { createRedactor } from "../../src/http/redaction.js";
import { endlessBody } from "../support/endless-body.js";
import { utf8 } from "../support/pieces.js";

test("the words of an error that was here already are let go as soon as nobody waits for them", async () => {
  const controller = new AbortController();
  let isLetGo = false;
  const body = endlessBody([utf8("the engine")], () => (isLetGo = true));
  const reader = new AnswerReader({ failure: { provider: "test", redact: createRedactor([]) } });
  const interpret: Reading<object>["interpret"] = (response, limits, failure, emit) =>
    new JsonBody(response, limits, failure, () => ({}), emit);
  const events = reader.read(new Response(body, { status: 500 }), { signal: controller.signal }, { interpret });
  const pending = events[Symbol.asyncIterator]().next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  controller.abort(new Error("enough"));
  await expect(pending).rejects.toThrow("enough");
  // By itself such a body is given ten seconds.
  await expect.poll(() => isLetGo, { timeout: 2_000 }).toBe(true);
});
