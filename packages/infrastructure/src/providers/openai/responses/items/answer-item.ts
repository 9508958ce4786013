import type { Json, JsonObject } from "@chatport/domain";
import type * as z from "zod/mini";
import type { TypedObject } from "../models/answer.js";
import type { Speech } from "../speech.js";

/** Reads a part of the answer in the shape that it should have. What it throws shows the event that the part came in. */
export type ReadPart = <Schema extends z.ZodMiniType>(schema: Schema, value: JsonObject) => z.infer<Schema>;

/** What the output items of one answer share. */
export interface ItemContext {
  readonly speech: Speech;
  /** Makes an id for a call that came without one. */
  readonly mintId: () => string;
  readonly read: ReadPart;
}

/** Which text of an item: a part of a message, of a summary or of reasoning, or a call's arguments. */
export type TextKind = "text" | "refusal" | "summary" | "reasoning" | "arguments";

/** One output item as it comes. Kinds of text that an item of its type does not have are passed over: the item itself holds them when it is done. */
export interface AnswerItem {
  readonly type: string;
  /** Whether `output_item.done` has come: what follows counts no more. */
  readonly isDone: boolean;
  /** What an item, or a text of it, begins with. */
  begin(item: TypedObject): void;
  /** A piece of a text. */
  add(kind: TextKind, index: number, piece: string): void;
  /** The final text. */
  settle(kind: TextKind, index: number, text: string): void;
  /** A part of the item, as it begins or whole. */
  part?(index: number, part: TypedObject, isDone: boolean): void;
  /** Something that goes with a text: a citation, or the probabilities of its tokens. */
  attach?(index: number, what: "annotations" | "logprobs", values: readonly Json[]): void;
  /** The whole item. */
  done(item: TypedObject): void;
  /** The answer is complete, and the item never was. */
  end(): void;
}
