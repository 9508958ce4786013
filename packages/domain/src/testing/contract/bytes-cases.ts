import { expect } from "vitest";
import type { ChatEvent } from "../../chat-event.js";
import type { ScriptedAnswer } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ContractCase, ChatProviderHarness } from "./contract-case.js";
import { completionOf, exceptionOf, rehearse } from "./observation.js";
import { greet, greetingText, scriptedCase, stop } from "./scripted-case.js";

const script: ScriptedAnswer = { steps: [greet, { type: "usage", usage: { inputTokens: 3, outputTokens: 5 } }, stop] };

/** Rule 6: where the bytes are cut changes nothing. */
export const bytesCases: readonly ContractCase[] = [
  {
    id: "bytes/one-by-one",
    title: "a body that comes byte by byte gives the same events",
    run: (harness) => expectSameEvents(harness, [{ ...script, pieceBytes: 1 }]),
  },
  {
    id: "bytes/any-size",
    title: "a body in pieces of any size gives the same events",
    run: (harness) =>
      expectSameEvents(
        harness,
        [2, 3, 5, 7, 13, 64, 1_021, 65_536].map((pieceBytes) => ({ ...script, pieceBytes })),
      ),
  },
  {
    id: "bytes/in-one-piece",
    title: "a body that comes in one piece gives the same events",
    run: (harness) => expectSameEvents(harness, [{ ...script, inOnePiece: true }]),
  },
  {
    id: "bytes/keep-alive",
    title: "keep-alives between the events change nothing",
    run: (harness) => expectSameEvents(harness, [{ ...script, keepAlive: true }]),
  },
  bounded("bytes/endless-line", "line"),
  bounded("bytes/endless-event", "event"),
];

function bounded(id: ContractCaseId, of: "line" | "event"): ContractCase {
  const title = `${of === "line" ? "a line" : "an event"} without an end is malformed at some size, and the connection is freed`;
  return scriptedCase(id, title, [greet, { type: "flood", of }], async ({ observe, promptly, ...rehearsal }) => {
    const exception = exceptionOf(await observe());
    expect(exception.code).toBe("malformed");
    expect(exception.partial?.content).toMatchObject([{ type: "text", text: greetingText }]);
    await promptly(rehearsal.released, `The connection must be freed when the ${of} is too long`);
  });
}

async function expectSameEvents(harness: ChatProviderHarness, variants: readonly ScriptedAnswer[]): Promise<void> {
  const uncut = await eventsOf(harness, script);
  for (const variant of variants) {
    const { pieceBytes, keepAlive, inOnePiece } = variant;
    expect(await eventsOf(harness, variant), JSON.stringify({ pieceBytes, keepAlive, inOnePiece })).toEqual(uncut);
  }
}

async function eventsOf(harness: ChatProviderHarness, variant: ScriptedAnswer): Promise<readonly ChatEvent[]> {
  let events: readonly ChatEvent[] = [];
  await rehearse(harness, variant, async ({ observe }) => {
    const observation = await observe();
    expect((await completionOf(observation)).text).toBe(greetingText);
    // The server's id of an answer may differ from request to request.
    events = observation.events.map((event) => (event.type === "message-start" ? { type: event.type, model: event.model } : event));
  });
  return events;
}
