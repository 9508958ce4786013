import { userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { observe } from "../../support/observed-answer.js";
import { utf8 } from "../../support/pieces.js";
import { fixture, providerOf, streamCases } from "./anthropic-streams.js";

const request = { messages: [userMessage("hi")] };

/** The events of a stream, each with its data made odd. */
function changed(bytes: Uint8Array, change: (data: object) => object): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  return utf8(text.replaceAll(/^data: (.*)$/gmu, (_line, data: string) => `data: ${JSON.stringify(change(JSON.parse(data)))}`));
}

describe.each(streamCases)("$file", ({ file }) => {
  test.each([
    ["its events tell their type by their name alone", (data: object) => ({ ...data, type: undefined })],
    ["its events say that there is no error", (data: object) => ({ ...data, error: null })],
  ])("says the same where %s", async (_how, change) => {
    const usual = await observe(providerOf([fixture(file)]).stream(request));
    expect(await observe(providerOf([changed(fixture(file), change)]).stream(request))).toEqual(usual);
  });
});
