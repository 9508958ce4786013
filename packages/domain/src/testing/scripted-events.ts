import type { ChatEvent, Usage } from "../chat-event.js";
import { type ChatException, type ChatExceptionDetails, NetworkException, ParseException, RequestException } from "../chat-exception.js";
import type { CallClock } from "./call-clock.js";
import type { FakeScript, FakeStep } from "./fake-answer.js";
import { PartAssembly } from "./part-assembly.js";
import { type ScriptedEnd, scriptedModel } from "./scripted-answer.js";
import { failureOf, wrongBodyFailure } from "./scripted-failure.js";

/** Where a script is performed. */
export interface Stage {
  readonly provider: string;
  readonly model: string | undefined;
  readonly clock: CallClock;
  /** Waits this long before every delta, in milliseconds. */
  readonly deltaDelay: number;
  readonly mintId: () => string;
}

/** Performs a script as the completion contract demands: the events of an adapter whose server follows the script. */
export class ScriptedEvents {
  readonly #script: FakeScript;
  readonly #stage: Stage;
  readonly #parts: PartAssembly;
  #usage: Usage | undefined;
  #started = false;

  constructor(script: FakeScript, stage: Stage) {
    this.#script = script;
    this.#stage = stage;
    this.#parts = new PartAssembly(stage.mintId);
  }

  /** The events, once. */
  async *perform(): AsyncGenerator<ChatEvent, void, undefined> {
    try {
      for (const [position, step] of this.#script.steps.entries()) {
        if (step.type === "end") {
          const next = this.#script.steps[position + 1]?.type;
          yield* this.#start();
          yield* this.#parts.close();
          // Only an error can follow an end; whatever else a server does then is of no interest.
          if (next === "error" || next === "throw") continue;
          yield this.#end(step);
          return;
        }
        yield* this.#step(step);
      }
    } catch (error) {
      // Deadlines do not know what had arrived.
      if (error instanceof NetworkException && error.code === "timeout") throw this.#withWhatArrived(error);
      throw error;
    }
    throw new NetworkException("truncated", "The answer ended before its end marker.", this.#details());
  }

  async *#step(step: Exclude<FakeStep, ScriptedEnd>): AsyncGenerator<ChatEvent, void, undefined> {
    const { clock } = this.#stage;
    switch (step.type) {
      case "no-headers":
        return await clock.wait(Infinity);
      case "delay":
        return await clock.wait(step.milliseconds);
      case "throw":
        throw step.error;
      case "error":
        throw failureOf(step, this.#details());
      case "wrong-body":
        throw wrongBodyFailure(step, this.#details());
      case "flood":
        throw new ParseException("malformed", `The answer is too large: there is no end to its ${step.of}.`, this.#details());
      case "broken-event":
        throw new ParseException("malformed", "An event is not valid JSON.", this.#details());
      case "redirect":
        throw new RequestException("invalid-request", "The server answers with a redirect, which is not followed.", this.#details());
      case "reset":
        throw new NetworkException("network", "The connection was reset.", this.#details());
      case "close":
        throw new NetworkException("truncated", "The answer ended before its end marker.", this.#details());
      case "stall":
        if (!this.#started) clock.reach("first-token");
        return await clock.wait(Infinity);
      case "usage":
        yield* this.#start();
        this.#usage = step.usage;
        yield { type: "usage", usage: step.usage };
        return;
      default:
        yield* this.#start();
        yield* this.#parts.close();
        yield* this.#parts.open(step);
        for (const piece of step.deltas) {
          if (this.#stage.deltaDelay > 0) await clock.wait(this.#stage.deltaDelay);
          yield this.#parts.delta(piece);
          clock.reach("idle");
        }
    }
  }

  *#start(): Generator<ChatEvent, void, undefined> {
    if (this.#started) return;
    this.#started = true;
    this.#stage.clock.reach("idle");
    yield { type: "message-start", model: this.#stage.model ?? this.#script.model ?? scriptedModel };
  }

  #end(step: ScriptedEnd): ChatEvent {
    const reason = step.finishReason;
    const finishReason = reason === "stop" && this.#parts.holdsCall ? "tool-calls" : (reason ?? "other");
    const usage = this.#usage;
    return { type: "message-end", finishReason, ...(reason && { rawFinishReason: reason }), ...(usage && { usage }) };
  }

  #details(): ChatExceptionDetails {
    const partial = this.#parts.partial;
    const usage = this.#usage;
    return { provider: this.#stage.provider, ...(partial && { partial }), ...(usage && { usage }) };
  }

  #withWhatArrived(error: NetworkException): ChatException {
    const phase = error.phase;
    return new NetworkException("timeout", error.message, { ...this.#details(), ...(phase && { phase }) });
  }
}
