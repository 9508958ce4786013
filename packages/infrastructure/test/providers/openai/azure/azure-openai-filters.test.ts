import { readFileSync } from "node:fs";
import { assistantMessage, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { adaptHistory } from "../../../../src/http/index.js";
import { azureOpenAIHistoryRules, StreamingHandler } from "../../../../src/providers/openai/index.js";
import { joined, observe } from "../../../support/observed-answer.js";
import { respond } from "../../../support/openai-server.js";
import { bodyOf, cut, utf8 } from "../../../support/pieces.js";
import { jsonCases, streamCases } from "../../../support/wire-cases.js";
import { serveAzure } from "./azure-server.js";

const cases = z
  .array(
    z.object({
      name: z.string(),
      sse: z.string(),
      expected: z.object({ text: z.string(), finishReason: z.string(), filterParts: z.array(z.unknown()) }),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("../../../fixtures/azure-openai/filter-streams.json", import.meta.url), "utf8")));

const stream = { "content-type": "text/event-stream" };
const request = { messages: [userMessage("hi")] };

function read(pieces: readonly Uint8Array[]) {
  const handler = new StreamingHandler({ provider: "azure", model: "m", url: "https://my-resource.openai.azure.com/openai/v1" });
  return observe(handler.events(new Response(bodyOf(pieces), { headers: stream })));
}

describe("what Azure's filters found", () => {
  test.each(cases)("$name: is kept, and nothing else of them", async ({ sse, expected }) => {
    const { parts, end, exception } = await read([utf8(sse)]);
    expect(exception).toBeUndefined();
    expect(joined(parts, "text")).toBe(expected.text);
    expect(end).toMatchObject({
      finishReason: expected.finishReason === "content_filter" ? "content-filter" : expected.finishReason,
      rawFinishReason: expected.finishReason,
    });
    const kept = parts.flatMap((part) => (part.type === "provider" ? [part] : []));
    expect(kept.map(({ data }) => data)).toEqual(expected.filterParts);
    for (const part of kept) {
      expect(part).toMatchObject({ vendor: "openai", providerMetadata: { openai: { origin: "https://my-resource.openai.azure.com" } } });
    }
  });

  test.each(cases)("$name: cut at every byte, it is the same", async ({ sse }) => {
    const bytes = utf8(sse);
    const { events } = await read([bytes]);
    expect((await read(cut(bytes, 1))).events).toEqual(events);
    for (let at = 1; at < bytes.length; at++) {
      const { events: again } = await read([bytes.subarray(0, at), bytes.subarray(at)]);
      expect(again).toEqual(events);
    }
  });

  test("is kept of a recorded whole answer that was blocked", async () => {
    const recorded = jsonCases.find(({ name }) => name === "json-azure-content-filter-no-message");
    await using served = await serveAzure(respond(recorded?.body ?? "", { "content-type": "application/json" }));
    const { parts, end } = await observe(served.provider.stream(request, { delivery: "whole" }));
    expect(end).toMatchObject({ finishReason: "content-filter" });
    expect(parts).toMatchObject([{ type: "provider", data: { content_filter_results: { hate: { filtered: true, severity: "high" } } } }]);
  });

  test.each(streamCases.filter(({ name }) => /^azure-(?!finish)/u.test(name)))(
    "is nothing in the recorded $name",
    async ({ sse, expected }) => {
      const { parts } = await read([utf8(sse)]);
      expect(parts.some(({ type }) => type === "provider")).toBe(false);
      expect(joined(parts, "text")).toBe(expected.text);
    },
  );

  test("goes to no request, and the loss is told", () => {
    const part = { type: "provider", vendor: "openai", data: { content_filter_results: { violence: { filtered: true } } } } as const;
    const { messages, losses } = adaptHistory(
      [userMessage("hi"), assistantMessage([part])],
      azureOpenAIHistoryRules({ endpoint: "https://my-resource.openai.azure.com" }),
    );
    expect(messages[1]?.content).toEqual([]);
    expect(losses).toMatchObject([{ message: 1, part: 0, what: "provider-part" }]);
  });
});
