import type { AssistantPart } from "@chatport/domain";
import * as z from "zod/mini";
import type { AssistantRequestMessage } from "../models.js";

const functionCallSchema = z.object({ name: z.string(), arguments: z.string() });
// A streamed answer's audio is kept as a list of pieces, of which the first has the id.
const audioSchema = z.union([
  z.object({ id: z.string() }),
  z.pipe(
    z.array(z.object({ id: z.optional(z.string()) })),
    z.transform((pieces) => ({ id: pieces.find(({ id }) => id !== undefined)?.id })),
  ),
]);

/** Of OpenAI's own provider parts, what a request has a field for: a call in the retired form, and the id of an audio answer. */
export function ownFieldsOf(parts: readonly AssistantPart[]): Pick<AssistantRequestMessage, "function_call" | "audio"> {
  const fields: Pick<AssistantRequestMessage, "function_call" | "audio"> = {};
  for (const part of parts) {
    if (part.type !== "provider" || part.vendor !== "openai") continue;
    const call = functionCallSchema.safeParse(part.data["function_call"]);
    const audio = audioSchema.safeParse(part.data["audio"]);
    if (call.success) fields.function_call = call.data;
    if (audio.success && audio.data.id !== undefined) fields.audio = { id: audio.data.id };
  }
  return fields;
}
