import { isChatException } from "@chatport/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createOpenAIProvider, StreamingHandler } from "../../../src/providers/openai/index.js";
import { answerInvariants } from "../../support/answer-invariants.js";
import { arbitraryStream } from "../../support/arbitrary-stream.js";
import { ask } from "../../support/fed-provider.js";
import { bodyOf } from "../../support/pieces.js";
import { bytesOf } from "../../support/stream-blocks.js";

answerInvariants({
  create: (fetch) => createOpenAIProvider({ model: "asked-model", retry: false, fetch }),
  streams: arbitraryStream,
  contentType: "text/event-stream",
  ending: /\[DONE\]|finish_reason":"(?!null")\w/u,
  unforeseen: /wrong shape/u,
});

test("the plain text is the text parts of the events, and the chunks end as the events do", async () => {
  const handler = new StreamingHandler();
  await fc.assert(
    fc.asyncProperty(arbitraryStream, async (blocks) => {
      const bytes = bytesOf(blocks);
      const { events, exception } = await ask([bytes]);
      const text = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])).join("");
      const plain = await readAll(handler.text(new Response(bodyOf([bytes]))));
      expect(plain.items.join("")).toBe(text);
      const chunks = await readAll(handler.chunks(new Response(bodyOf([bytes]))));
      for (const { threw } of [plain, chunks]) expect(isChatException(threw) ? threw.code : threw).toBe(exception?.code);
    }),
    { numRuns: 200 },
  );
});

async function readAll<Item>(items: AsyncIterable<Item>): Promise<{ readonly items: readonly Item[]; readonly threw: unknown }> {
  const read: Item[] = [];
  try {
    for await (const item of items) read.push(item);
  } catch (threw) {
    return { items: read, threw };
  }
  return { items: read, threw: undefined };
}
