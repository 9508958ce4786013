import { expect, test } from "vitest";
import * as z from "zod/mini";
import { mistakesIn } from "../../src/config/mistakes.js";
import type { ConfigException } from "../../src/config/index.js";
import { configFolders } from "../support/config-folders.js";
import { judge } from "../../src/config/validate.js";

test("of more mistakes than one reads a hundred are told, as each costs time and the file may be somebody else's", async () => {
  await using folders = await configFolders();
  await folders.untrusted(Array.from({ length: 1_000 }, (_, index) => `k${index} = 1\n`).join(""));
  const error: unknown = await folders.load().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "unknown-key", key: "k0", line: 1 });
  expect(mistakesIn(error as ConfigException)).toHaveLength(100);
});

test("no more of them are looked up in the file", () => {
  let lookups = 0;
  const value = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, 1]));
  const originOf = () => {
    lookups += 1;
    return { kind: "default" } as const;
  };
  expect(judge(z.record(z.string(), z.string()), value, { originOf }).mistakes).toHaveLength(100);
  expect(lookups).toBeLessThanOrEqual(100);
});
