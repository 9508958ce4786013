import type { ChatRequest } from "../chat-provider.js";
import type { ScriptedAnswer, ScriptedStep } from "./scripted-answer.js";

/** What a fake provider answers: a text, a script, or a function of the request. A text streams word by word and ends with `stop`. */
export type FakeAnswer = string | FakeScript | ((request: ChatRequest) => string | FakeScript);

/** A {@link ScriptedAnswer} that may also wait and throw. Wire details (`pieceBytes`, `keepAlive`, ...) mean nothing to a provider without a wire. */
export interface FakeScript extends Omit<ScriptedAnswer, "steps"> {
  readonly steps: readonly FakeStep[];
}

export type FakeStep =
  | ScriptedStep
  /** Waits before the next step; the call's deadlines count it. */
  | { readonly type: "delay"; readonly milliseconds: number }
  /** Throws exactly this, usually a ChatException that the application must handle. */
  | { readonly type: "throw"; readonly error: unknown };

/** The script behind an answer. */
export function scriptOf(answer: FakeAnswer, request: ChatRequest): FakeScript {
  const given = typeof answer === "function" ? answer(request) : answer;
  return typeof given === "string"
    ? {
        steps: [
          { type: "text", deltas: words(given) },
          { type: "end", finishReason: "stop" },
        ],
      }
    : given;
}

function words(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/gu) ?? (text === "" ? [] : [text]);
}
