import { expect, test } from "vitest";
import { StreamingHandler } from "../../../../src/providers/openai/index.js";
import { observe } from "../../../support/observed-answer.js";

test("what every chunk repeats of the prompt and of the answer is kept once", async () => {
  const prompt = { prompt_index: 0, content_filter_results: { hate: { filtered: true } } };
  const chunk = (content: string, finish_reason: string | null) => ({
    id: "c",
    model: "m",
    prompt_filter_results: [prompt],
    choices: [{ index: 0, delta: { content }, finish_reason, content_filter_results: { violence: { detected: true } } }],
  });
  const body = [chunk("a", null), chunk("b", null), chunk("c", "stop")].map((each) => `data: ${JSON.stringify(each)}\n\n`).join("");
  const headers = { "content-type": "text/event-stream" };
  const { parts } = await observe(new StreamingHandler().events(new Response(`${body}data: [DONE]\n\n`, { headers })));
  expect(parts.filter(({ type }) => type === "provider")).toMatchObject([
    { data: { prompt_filter_results: [prompt] } },
    { data: { content_filter_results: { violence: { detected: true } } } },
  ]);
});
