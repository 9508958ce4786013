import { expect } from "vitest";
import type { AssistantPart } from "../../message.js";
import type { ScriptedStep } from "../scripted-answer.js";
import type { ContractCase } from "./contract-case.js";
import { expectGrammar } from "./event-grammar.js";
import { completionOf, rehearse, type Rehearsal } from "./observation.js";
import { greet, scriptedCase, stop } from "./scripted-case.js";
import { callOf, callStep, type ScriptedCall, toolRequest } from "./tool-scripts.js";

const called: ScriptedStep = { type: "end", finishReason: "tool-calls" };
const london: ScriptedCall = { type: "tool-call", id: "call_london", name: "weather", deltas: ['{"city":"London"}'] };

/** Rule 5: tool calls. */
export const toolsCases: readonly ContractCase[] = [
  scriptedCase(
    "tools/call",
    "a call keeps its id, name and arguments, exactly as received and parsed",
    [callStep, called],
    async (rehearsal) => {
      expect(await partsOf(rehearsal)).toMatchObject([callOf(callStep)]);
    },
  ),

  scriptedCase("tools/several-calls", "several calls stay apart and in order", [callStep, london, called], async (rehearsal) => {
    expect(await partsOf(rehearsal)).toMatchObject([callOf(callStep), callOf(london)]);
  }),

  scriptedCase("tools/empty-arguments", "empty arguments mean {}", [{ ...callStep, deltas: [] }, called], async (rehearsal) => {
    expect(await partsOf(rehearsal)).toMatchObject([{ type: "tool-call", id: callStep.id, input: {} }]);
  }),

  scriptedCase(
    "tools/broken-arguments",
    "arguments that are no JSON end as an invalid call, exactly as received",
    [{ ...callStep, deltas: ["{'city': ", "Paris,}"] }, called],
    async (rehearsal) => {
      expect(await partsOf(rehearsal)).toMatchObject([{ type: "invalid-tool-call", id: callStep.id, json: "{'city': Paris,}" }]);
    },
  ),

  scriptedCase(
    "tools/cut-arguments",
    "arguments cut by the token limit are not repaired",
    [
      { ...callStep, deltas: ['{"city":"Paris","days":[1'] },
      { type: "end", finishReason: "length" },
    ],
    async ({ observe }) => {
      const { message, finishReason } = await completionOf(await observe({}, toolRequest));
      expect(message.content).toMatchObject([{ type: "invalid-tool-call", json: '{"city":"Paris","days":[1' }]);
      expect(finishReason).toBe("length");
    },
  ),

  scriptedCase("tools/stop-with-call", "a normal stop that holds a call finishes as tool-calls", [callStep, stop], async ({ observe }) => {
    expect((await completionOf(await observe({}, toolRequest))).finishReason).toBe("tool-calls");
  }),

  scriptedCase(
    "tools/minted-ids",
    "calls without an id get one each, the same in all their events",
    [withoutId(callStep), withoutId(london), called],
    async ({ observe }) => {
      const observations = [await observe({}, toolRequest), await observe({}, toolRequest)];
      observations.forEach(({ events }) => expectGrammar(events));
      const completions = await Promise.all(observations.map(completionOf));
      const ids = completions.flatMap(({ message }) => message.content).map((part) => (part.type === "tool-call" ? part.id : ""));
      expect(ids.length).toBe(4);
      expect(new Set(ids.filter(Boolean)).size, `Ids are unique and not empty: ${ids.join(", ")}`).toBe(4);
    },
  ),

  {
    id: "tools/bytes",
    title: "a call whose bytes are cut anywhere, or come in one piece, is the same call",
    run: async (harness) => {
      const steps = [callStep, london, called];
      for (const cut of [{ pieceBytes: 1 }, { pieceBytes: 7 }, { pieceBytes: 64 }, { inOnePiece: true }]) {
        await rehearse(harness, { steps, ...cut }, async (rehearsal) => {
          expect(await partsOf(rehearsal), JSON.stringify(cut)).toMatchObject([callOf(callStep), callOf(london)]);
        });
      }
    },
  },

  scriptedCase(
    "tools/whole",
    "a whole answer holds calls of the same meaning as a streamed one",
    [greet, callStep, london, called],
    async ({ observe }) => {
      const streamed = await completionOf(await observe({ delivery: "stream" }, toolRequest));
      const observation = await observe({ delivery: "whole" }, toolRequest);
      expectGrammar(observation.events);
      const whole = await completionOf(observation);
      expect(whole.message.content.map(meaningOf)).toEqual(streamed.message.content.map(meaningOf));
      expect(whole.message.content).toMatchObject([{ type: "text" }, ...[callStep, london].map(withoutJson)]);
      expect(whole.finishReason).toBe(streamed.finishReason);
    },
  ),
];

/**
 * A part, with arguments compared by what they mean: some APIs tell them as text while they stream and as an object in a whole answer, so that blanks and the
 * spelling of characters are not the same.
 */
function meaningOf(part: AssistantPart): unknown {
  if (part.type !== "tool-call") return part;
  const meaning: unknown = JSON.parse(part.json);
  return { ...part, json: meaning };
}

function withoutJson(step: ScriptedCall): Readonly<Record<string, unknown>> {
  const { json: _json, ...call } = callOf(step);
  return call;
}

async function partsOf({ observe }: Rehearsal): Promise<readonly AssistantPart[]> {
  const observation = await observe({}, toolRequest);
  expectGrammar(observation.events);
  const { message, finishReason } = await completionOf(observation);
  expect(finishReason).toBe("tool-calls");
  return message.content;
}

function withoutId({ type, name, deltas }: ScriptedCall): ScriptedCall {
  return { type, name, deltas };
}
