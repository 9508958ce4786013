import type { ChatProvider } from "@chatport/domain";
import { expect, test } from "vitest";
import { askUntilEnd } from "../src/show-answer.js";

test("an answer that ends without its end is no success, even from a provider that breaks the contract", async () => {
  const provider: ChatProvider = {
    name: "broken",
    vendor: "test",
    capabilities: new Set(),
    async *stream() {
      yield { type: "message-start", model: "m" };
      yield { type: "text-delta", index: 0, text: "half" };
    },
  };
  const events: string[] = [];
  const read = async (): Promise<void> => {
    for await (const event of askUntilEnd(provider, { messages: [] }, {})) events.push(event.type);
  };
  await expect(read()).rejects.toMatchObject({ code: "truncated", provider: "broken" });
  expect(events).toEqual(["message-start", "text-delta"]);
});
