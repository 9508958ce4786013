import type { ScriptedAnswer, ScriptedStep } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ContractCase } from "./contract-case.js";
import { rehearse, type Rehearsal } from "./observation.js";

/** A case about one script. */
export function scriptedCase(
  id: ContractCaseId,
  title: string,
  script: ScriptedAnswer | readonly ScriptedStep[],
  body: (rehearsal: Rehearsal) => Promise<void>,
): ContractCase {
  return { id, title, run: (harness) => rehearse(harness, "steps" in script ? script : { steps: script }, body) };
}

/** A text in several deltas, with characters of one to four UTF-8 bytes. */
const greeting: readonly string[] = ["Hel", "lo, ", "Zoë — ", "日本 ", "👩‍🚀!"];

/** What {@link greeting} adds up to. */
export const greetingText: string = greeting.join("");

/** The step that says {@link greeting}. */
export const greet: ScriptedStep = { type: "text", deltas: greeting };

/** A text that has begun: one delta. */
export const begin: ScriptedStep = { type: "text", deltas: ["Once upon"] };

/** The usual end. */
export const stop: ScriptedStep = { type: "end", finishReason: "stop" };
