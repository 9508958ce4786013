import { userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { observe } from "../../support/observed-answer.js";
import { utf8 } from "../../support/pieces.js";
import { fixture, providerOf, streamCases } from "./anthropic-streams.js";

const request = { messages: [userMessage("hi")] };

test.each(streamCases)("$file says the same where the server ends none of its blocks", async ({ file }) => {
  const text = new TextDecoder().decode(fixture(file));
  const unended = text.replaceAll(/^event: content_block_stop\r?\ndata: .*\r?\n\r?\n/gmu, "");
  expect(unended).not.toBe(text);
  const { parts, end } = await observe(providerOf([fixture(file)]).stream(request));
  expect(await observe(providerOf([utf8(unended)]).stream(request))).toMatchObject({ parts, end: { finishReason: end?.finishReason } });
});
