import { expect } from "vitest";
import type { ChatEvent, Usage } from "../../chat-event.js";
import type { ScriptedStep } from "../scripted-answer.js";
import { expectReason, readUntil } from "./cancel-cases.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, exceptionOf, rehearse } from "./observation.js";
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

  {
    id: "usage/on-exception",
    title: "usage that had arrived is on the exception, whether the answer breaks off or an error comes",
    run: async (harness) => {
      for (const failure of failures) {
        await rehearse(harness, { steps: [greet, { type: "usage", usage }, failure] }, async ({ observe }) => {
          expect(exceptionOf(await observe()).usage, `With ${failure.type}`).toMatchObject(usage);
        });
      }
    },
  },
  scriptedCase(
    "usage/on-timeout",
    "usage that had arrived is on the exception when a deadline passes",
    [greet, { type: "usage", usage }, { type: "stall" }],
    async ({ observe }) => {
      expect(exceptionOf(await observe({ deadlines: { idleMs: 120 } }))).toMatchObject({ code: "timeout", usage });
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

  {
    id: "usage/held-at-abort",
    title: "usage that came in one piece with what is being read is told after an abort, before its reason",
    run: async (harness) => {
      for (const [steps, until] of held) {
        await rehearse(harness, { steps, inOnePiece: true }, async (rehearsal) => {
          const controller = new AbortController();
          const iterator = await readUntil(rehearsal, until, { signal: controller.signal });
          controller.abort("enough");
          const told = await expectReason(rehearsal, iterator, "enough");
          expect(told.at(-1), "The usage that had arrived").toMatchObject(usage);
        });
      }
    },
  },
];

const reported: ScriptedStep = { type: "usage", usage };
const failures: readonly ScriptedStep[] = [{ type: "close" }, { type: "error", kind: "unavailable", message: "The engine fell over." }];

/** What arrives together, and the event that is read of it. */
const held: readonly (readonly [steps: readonly ScriptedStep[], until: ChatEvent["type"]])[] = [
  [[reported, greet, { type: "stall" }], "message-start"],
  [[greet, reported, { type: "stall" }], "message-start"],
  [[greet, reported, { type: "stall" }], "text-delta"],
  [[greet, reported, stop], "text-delta"],
];
