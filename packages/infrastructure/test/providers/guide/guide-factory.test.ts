import { expect, test } from "vitest";
import { guideProviderFactory } from "../../../src/providers/guide/index.js";

const { configSchema } = guideProviderFactory;
const dependencies = {
  name: "help",
  provider: () => {
    throw new Error("The guide needs no other provider.");
  },
  secret: () => {
    throw new Error("The guide needs no key.");
  },
};

test("The factory makes a guide under its configured name, from nothing", async () => {
  const result = await configSchema["~standard"].validate({ type: "guide" });
  expect(result.issues).toBeUndefined();
  expect(guideProviderFactory.create({ type: "guide" }, dependencies)).toMatchObject({ name: "help", vendor: "guide" });
});

test.each([
  [{ type: "guide", model: "gpt-5" }, "Unknown: model. The guide is no language model"],
  [{ type: "openai" }, 'Expected "guide".'],
  ["guide", "Expected a table."],
])("%j is refused, in words", async (table, message) => {
  const result = await configSchema["~standard"].validate(table);
  expect(result.issues?.map((issue) => issue.message).join()).toContain(message);
});
