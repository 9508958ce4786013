import { expect } from "vitest";
import { type NetworkException, type TimeoutPhase } from "../../chat-exception.js";
import type { CallOptions, Deadlines } from "../../chat-provider.js";
import type { ScriptedAnswer, ScriptedStep } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, exceptionOf, plainRequest, type Rehearsal } from "./observation.js";
import { begin, greet, greetingText, scriptedCase, stop } from "./scripted-case.js";

const stall: ScriptedStep = { type: "stall" };
/** An answer that takes a good part of a second, an event every 50 ms. */
const drops: readonly string[] = Array.from({ length: 8 }, (_, index) => `drop ${index} `);
const dripping: ScriptedAnswer = { steps: [{ type: "text", deltas: drops }, stop], paceMs: 50 };
const forever: Deadlines = { headersMs: Infinity, firstTokenMs: Infinity, idleMs: Infinity, totalMs: Infinity };

/** Deadlines: each trips in its own phase, and only while the server is waited for. */
export const deadlinesCases: readonly ContractCase[] = [
  trips("deadlines/headers", "headers", { steps: [{ type: "no-headers" }] }, { deadlines: { ...forever, headersMs: 80 } }),
  trips("deadlines/first-token", "first-token", { steps: [stall] }, { deadlines: { ...forever, firstTokenMs: 80 } }),
  trips("deadlines/idle", "idle", { steps: [begin, stall] }, { deadlines: { ...forever, idleMs: 80 } }),
  trips(
    "deadlines/idle-despite-keep-alive",
    "idle",
    { steps: [begin, stall], keepAlive: true },
    { deadlines: { ...forever, idleMs: 120 } },
  ),
  scriptedCase("deadlines/idle-begins-anew", "the idle deadline begins anew with every event", dripping, async ({ observe }) => {
    const { text } = await completionOf(await observe({ deadlines: { ...forever, firstTokenMs: 300, idleMs: 300 } }));
    expect(text).toBe(drops.join(""));
  }),
  trips("deadlines/total", "total", { steps: [begin, stall] }, { deadlines: { ...forever, totalMs: 300 } }),
  trips("deadlines/total-over-events", "total", dripping, { deadlines: { ...forever, totalMs: 250 } }),
  trips(
    "deadlines/whole-has-total-alone",
    "total",
    { steps: [{ type: "no-headers" }] },
    { delivery: "whole", deadlines: { headersMs: 30, firstTokenMs: 30, idleMs: 30, totalMs: 150 } },
  ),

  scriptedCase("deadlines/slow-consumer", "a consumer slower than the idle deadline does not trip it", [greet, stop], async (rehearsal) => {
    await readSlowly(rehearsal, { ...forever, firstTokenMs: 200, idleMs: 200 });
  }),

  scriptedCase(
    "deadlines/slow-consumer-and-total",
    "a consumer slower than the total deadline does not trip it",
    [greet, stop],
    async (rehearsal) => {
      await readSlowly(rehearsal, { ...forever, totalMs: 200 });
    },
  ),
];

function trips(id: ContractCaseId, phase: TimeoutPhase, script: ScriptedAnswer, options: CallOptions): ContractCase {
  const keeper = script.keepAlive ? "keep-alives do not keep" : script.paceMs ? "events do not keep" : "nothing keeps";
  const title = `${keeper} the ${phase} deadline from passing`;
  return scriptedCase(id, `${title}${options.delivery ? " for a whole answer" : ""}`, script, async (rehearsal) => {
    const exception = exceptionOf(await rehearsal.observe(options));
    expect(exception).toMatchObject({ code: "timeout", retryable: true } satisfies Partial<NetworkException>);
    expect(exception, "The exception names the deadline").toHaveProperty("phase", phase);
    if (script.steps.includes(begin)) expect(exception.partial?.content).toMatchObject([{ type: "text", text: "Once upon" }]);
    if (script.paceMs) expect(JSON.stringify(exception.partial?.content), "With what had arrived").toContain("drop 0");
    // On a busy machine a deadline may pass before the server has seen anything: then there is nothing to free.
    if (rehearsal.requests() > 0) await rehearsal.promptly(rehearsal.released, "The connection must be freed when a deadline passes");
  });
}

async function readSlowly(rehearsal: Rehearsal, deadlines: Deadlines): Promise<void> {
  const read = async (): Promise<string> => {
    let text = "";
    for await (const event of rehearsal.provider.stream(plainRequest, { deadlines })) {
      if (event.type !== "text-delta") continue;
      // Once, and longer than the deadline.
      if (text === "") await new Promise<void>((resolve) => setTimeout(resolve, 300));
      text += event.text;
    }
    return text;
  };
  expect(await rehearsal.promptly(read(), "The answer must come to its end")).toBe(greetingText);
}
