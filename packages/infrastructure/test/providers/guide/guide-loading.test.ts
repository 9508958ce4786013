import { collect, userMessage } from "@chatport/domain";
import { expect, test, vi } from "vitest";

let loaded = false;
vi.mock("minisearch", async (original) => {
  loaded = true;
  return await original<object>();
});

test("The manual and the search library load at the first answer, not before", async () => {
  const { createGuideProvider } = await import("../../../src/providers/guide/index.js");
  const events = createGuideProvider().stream({ messages: [userMessage("hi")] });
  expect(loaded).toBe(false);
  await collect(events);
  expect(loaded).toBe(true);
});
