import type { JsonObject } from "@chatport/domain";
import type { AnswerBlocks } from "./answer-blocks.js";
import { redactedThinkingBlockSchema, textBlockSchema, thinkingBlockSchema, toolUseBlockSchema, type TypedObject } from "./models.js";
import type { ReadShape } from "./wire-shape.js";

/** Begins a content block with what it holds already: nearly nothing in a stream, everything in a whole message. */
export function startBlock(blocks: AnswerBlocks, index: number, block: TypedObject, text: string, read: ReadShape): void {
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
      return blocks.startCall(index, id ?? "", name ?? "", input, opaqueFields(block));
    }
    default:
      return blocks.startOther(index, block);
  }
}

/** What only this API knows of a call (`caller`, `toolset_name`) is echoed in the next turn. */
function opaqueFields({ type: _type, id: _id, name: _name, input: _input, ...rest }: TypedObject): JsonObject {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}
