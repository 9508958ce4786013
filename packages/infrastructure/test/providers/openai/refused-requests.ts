import { type ChatRequest, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { refusalOf } from "../../support/refusal.js";
import { image, weather } from "../../support/sample-parts.js";
import { untyped } from "../../support/untyped-messages.js";

/** A request that is refused, and what its exception says. */
export type RefusedRequest = readonly [what: string, asked: Partial<ChatRequest>, message: RegExp];

/** What an API has no words for, and what it takes no request for, beyond what is refused for both of OpenAI's. */
export interface RefusedRequests {
  readonly unsupported: readonly RefusedRequest[];
  readonly invalid: readonly RefusedRequest[];
}

/** Tests that a mapping for the provider `work` refuses these requests and those that neither API takes, saying what is wrong and where. */
export function testRefusals(map: (asked: Partial<ChatRequest>) => unknown, { unsupported, invalid }: RefusedRequests): void {
  test.each([...unsupportedByBoth, ...unsupported])("%s: refused as unsupported, with its place", (_what, asked, message) => {
    const told = { code: "unsupported", provider: "work", message: expect.stringMatching(message) };
    expect(refusalOf(() => map(asked))).toEqual(told);
  });

  test.each([...invalidForBoth, ...invalid])("%s: refused as an invalid request", (_what, asked, message) => {
    const told = { code: "invalid-request", provider: "work", message: expect.stringMatching(message) };
    expect(refusalOf(() => map(asked))).toEqual(told);
  });
}

/** What neither of OpenAI's APIs has words for. */
const unsupportedByBoth: readonly RefusedRequest[] = [
  ["a part of an unknown kind", { messages: untyped([{ role: "user", content: [{ type: "video" }] }]) }, /messages\[0\]\.content\[0\]/u],
  ["a picture in a system message", { messages: untyped([{ role: "system", content: [image] }]) }, /messages\[0\]\.content\[0\]/u],
  ["an answer's part of an unknown kind", { messages: untyped([{ role: "assistant", content: [{ type: "poem" }] }]) }, /"poem"/u],
  ["a role of its own", { messages: untyped([{ role: "oracle", content: [] }]) }, /messages\[0\].*oracle/u],
  [
    "a video",
    { messages: [userMessage([{ type: "file", mediaType: "video/mp4", source: { base64: "AAAA" } }])] },
    /messages\[0\]\.content\[0\] is a video.*frames/u,
  ],
];

/** What is no request to either of OpenAI's APIs. */
const invalidForBoth: readonly RefusedRequest[] = [
  ["no messages", { messages: [] }, /messages is empty/u],
  ["negative maxOutputTokens", { maxOutputTokens: -5 }, /maxOutputTokens must be a whole number of at least 1, not -5/u],
  ["fractional maxOutputTokens", { maxOutputTokens: 20.5 }, /maxOutputTokens must be a whole number/u],
  ["a temperature that is no number", { temperature: Number.NaN }, /temperature must be a number from 0 to 2, not NaN/u],
  ["a temperature above 2", { temperature: 2.1 }, /temperature must be a number from 0 to 2, not 2\.1/u],
  ["a topP that is no number", { topP: Number.NaN }, /topP must be a number from 0 to 1/u],
  ["an infinite topP", { topP: Number.POSITIVE_INFINITY }, /topP must be a number from 0 to 1/u],
  ["a tool that must be called and is not declared", { tools: [weather], toolChoice: { tool: "wether" } }, /"wether".*weather/u],
  ["a required call without tools", { toolChoice: "required" }, /declares no tools/u],
  ["an image without a URL", { messages: [userMessage([{ ...image, source: { url: "" } }])] }, /content\[0\] is empty/u],
  [
    "a detail that does not exist",
    { messages: [userMessage([{ ...image, providerMetadata: { openai: { detail: "huge" } } }])] },
    /content\[0\]\.providerMetadata\.openai\.detail/u,
  ],
];
