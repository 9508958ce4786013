import { assistantMessage, complete, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { geminiHistoryRules, toGenerateContentRequest } from "../../../src/providers/gemini/index.js";
import { historyLosses } from "../../../src/providers/history-losses.js";
import { utf8 } from "../../support/pieces.js";
import { providerOf, request, sse } from "./gemini-server.js";

async function answerWith(candidate: object) {
  const body = sse([{ candidates: [{ content: { parts: [{ text: "a" }] } }] }, { candidates: [candidate] }]);
  return (await complete(providerOf([utf8(body)]), request)).message;
}

test.each([
  ["sources of a grounded answer", { groundingMetadata: { webSearchQueries: ["q"] }, finishReason: "STOP" }],
  ["citations", { citationMetadata: { citationSources: [{ uri: "https://example.org" }] }, finishReason: "STOP" }],
  ["why it was cut", { finishMessage: "because", finishReason: "SAFETY" }],
])("what is told of an answer beside it (%s) has no place in a request, and that is known beforehand", async (_what, candidate) => {
  const messages = [...request.messages, await answerWith(candidate), userMessage("and?")];
  const losses = historyLosses(messages, { type: "gemini" });
  expect(losses?.map(({ what, message, part }) => [what, message, part])).toEqual([["provider-part", 1, 1]]);
});

test.each([
  ["executed code", { content: { parts: [{ executableCode: { language: "PYTHON", code: "1" } }] } }],
  ["a signed image", { content: { parts: [{ inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" }, thoughtSignature: "c2ln" }] } }],
  ["citations", { citationMetadata: { citationSources: [{ uri: "https://example.org" }] } }],
  ["the token that continues an answer", { continuationToken: "dG9r" }],
])("a part of Google's own (%s) stays away from another server of the API, and that is known beforehand", async (_what, candidate) => {
  const baseUrl = "https://proxy.example/v1beta";
  const message = await answerWith({ finishReason: "STOP", ...candidate });
  const messages = [...request.messages, message, userMessage("and?")];
  const mapping = { provider: "p", model: "m", history: geminiHistoryRules({ baseUrl }) };
  expect(toGenerateContentRequest({ messages }, mapping).request).toEqual({
    contents: [
      { role: "user", parts: [{ text: "hi" }] },
      { role: "model", parts: [{ text: "a" }] },
      { role: "user", parts: [{ text: "and?" }] },
    ],
  });
  expect(historyLosses(messages, { type: "gemini", baseUrl })).toEqual([
    { message: 1, part: 1, what: "provider-part", reason: "It is sent back only to the server and model that made it." },
  ]);
});

test("executed code and the token that continues an answer go back", async () => {
  const code = { executableCode: { language: "PYTHON", code: "1" } };
  const message = await answerWith({ content: { parts: [code] }, finishReason: "CONTINUATION", continuationToken: "dG9r" });
  expect(historyLosses([...request.messages, message], { type: "gemini" })).toEqual([]);
  const mapping = { provider: "p", model: "m", history: geminiHistoryRules() };
  expect(toGenerateContentRequest({ messages: [...request.messages, message] }, mapping).request).toMatchObject({
    continuationToken: "dG9r",
  });
  const later = { messages: [...request.messages, message, userMessage("and?"), assistantMessage("b"), userMessage("c")] };
  expect(toGenerateContentRequest(later, mapping).request.contents[1]).toEqual({ role: "model", parts: [{ text: "a" }, code] });
});
