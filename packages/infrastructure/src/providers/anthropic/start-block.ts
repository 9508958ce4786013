import type { Json, JsonObject } from "@chatport/domain";
import { isJsonObject } from "../../http/json.js";
import type { SourceText } from "../../http/source-text.js";
import type { ReadShape } from "../../http/wire-shape.js";
import type { AnswerBlocks } from "./answer-blocks.js";
import { redactedThinkingBlockSchema, textBlockSchema, thinkingBlockSchema, toolUseBlockSchema, type TypedObject } from "./models.js";

/** A content block as a stream begins it, where it holds nearly nothing, or as a whole message holds it. */
export interface BegunBlock {
  readonly index: number;
  readonly block: TypedObject;
  /** The block as received: arguments are kept as they were spelled. */
  readonly source: SourceText;
  /** The event or document that the block came in, for an exception. */
  readonly text: string;
}

/** Begins a content block with what it holds already. */
export function startBlock(blocks: AnswerBlocks, { index, block, source, text }: BegunBlock, read: ReadShape): void {
  switch (block.type) {
    case "text": {
      const { text: begun, citations } = read(textBlockSchema, block, text);
      return blocks.startText(index, begun ?? "", citations ?? []);
    }
    case "thinking": {
      const { thinking, signature } = read(thinkingBlockSchema, block, text);
      return blocks.startThinking(index, thinking ?? "", signature ?? "");
    }
    case "redacted_thinking":
      return blocks.redactedThinking(index, read(redactedThinkingBlockSchema, block, text).data);
    case "tool_use": {
      const { id, name, input } = read(toolUseBlockSchema, block, text);
      return blocks.startCall(index, id ?? "", name ?? "", argumentsOf(input, source), opaqueFields(block));
    }
    default:
      return blocks.startOther(index, block);
  }
}

/** A whole answer, and a few servers' streams, hold a call's arguments in its block; other streams begin with an empty object there and send deltas. */
function argumentsOf(input: Json | undefined, source: SourceText): string {
  if (input === undefined || input === null || (isJsonObject(input) && Object.keys(input).length === 0)) return "";
  return source.member("input").text ?? JSON.stringify(input);
}

/** What only this API knows of a call (`caller`, `toolset_name`) is echoed in the next turn. */
function opaqueFields({ type: _type, id: _id, name: _name, input: _input, ...rest }: TypedObject): JsonObject {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}
