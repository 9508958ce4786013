import { expect } from "vitest";
import type { Usage } from "../../chat-event.js";
import { expectReason, readUntil } from "./cancel-cases.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, exceptionOf } from "./observation.js";
import { greet, scriptedCase, stop } from "./scripted-case.js";

const usage: Usage = { inputTokens: 31, outputTokens: 17 };

/** Rule 7: usage that arrived is reported. */
export const usageCases: readonly ContractCase[] = [
  scriptedCase("usage/reported", "usage comes with message-end", [greet, { type: "usage", usage }, stop], async ({ observe }) => {
    expect((await completionOf(await observe())).usage).toMatchObject(usage);
  }),

  scriptedCase(
    "usage/cumulative",
    "usage is cumulative: the last report holds, and nothing is added up",
    [{ type: "usage", usage: { inputTokens: 31, outputTokens: 1 } }, greet, { type: "usage", usage }, stop],
    async ({ observe }) => {
      const observation = await observe();
      const reports = observation.events.flatMap((event) => (event.type === "usage" ? [event.usage.outputTokens ?? 0] : []));
      expect(reports, "Reports never fall").toEqual(reports.toSorted((a, b) => a - b));
      expect((await completionOf(observation)).usage).toMatchObject(usage);
    },
  ),

  scriptedCase("usage/not-invented", "usage that the server did not report is missing, not zero", [greet, stop], async ({ observe }) => {
    const observation = await observe();
    const reported = [...observation.events.filter((event) => event.type === "usage"), await completionOf(observation)];
    const told = reported.flatMap(({ usage: tokens = {} }) => Object.keys(tokens));
    expect(told).toEqual([]);
  }),

  scriptedCase(
    "usage/on-exception",
    "usage that had arrived is on the exception",
    [greet, { type: "usage", usage }, { type: "close" }],
    async ({ observe }) => {
      expect(exceptionOf(await observe()).usage).toMatchObject(usage);
    },
  ),

  scriptedCase(
    "usage/before-abort",
    "usage is told as an event when it arrives, so that an abort does not lose it",
    [greet, { type: "usage", usage }, { type: "stall" }],
    async (rehearsal) => {
      const controller = new AbortController();
      const iterator = await readUntil(rehearsal, "usage", { signal: controller.signal });
      controller.abort("enough");
      await expectReason(rehearsal, iterator, "enough");
    },
  ),
];
