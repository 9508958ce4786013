import type { FilePart, ImagePart, TextPart, UserPart } from "@chatport/domain";
import * as z from "zod/mini";
import type { UserContentPart } from "../models.js";
import { invalidRequest, unsupported } from "../../../http/request-checks.js";
import { fileContentPartOf, mediaUrlOf } from "./media.js";

type TextContentPart = Extract<UserContentPart, { type: "text" }>;

/**
 * A user message's content. Text alone is sent as a plain string, which every server takes; several parts as an array.
 *
 * `providerMetadata.openai` of a part may hold `prompt_cache_breakpoint`, that of an image also `detail`, as on the wire.
 *
 * @throws {RequestException} `unsupported` for a file that Chat Completions does not take, `invalid-request` for wire fields of the wrong kind.
 */
export function userContentOf(parts: readonly UserPart[], provider: string, place: string): string | UserContentPart[] {
  return simplest(parts.map((part, index) => userPartOf(part, provider, `${place}.content[${index}]`)));
}

/** A content that is text alone: a system message's. Like {@link userContentOf} otherwise. */
export function textContentOf(parts: readonly TextPart[], provider: string, place: string): string | TextContentPart[] {
  return simplest(parts.map((part, index) => textContentPartOf(part, provider, `${place}.content[${index}]`)));
}

/** An image, from its bytes as a data URL or by its own URL, which the server then fetches. */
export function imageContentPartOf(part: ImagePart, provider: string, place: string): UserContentPart {
  const { detail, ...rest } = wireFieldsOf(part, provider, place);
  return { type: "image_url", image_url: { url: mediaUrlOf(part, provider, place), ...(detail === undefined ? {} : { detail }) }, ...rest };
}

function simplest<Part extends UserContentPart>(parts: Part[]): string | Part[] {
  const [only] = parts;
  if (only === undefined) return "";
  return parts.length === 1 && only.type === "text" && only.prompt_cache_breakpoint === undefined ? only.text : parts;
}

function userPartOf(part: UserPart, provider: string, place: string): UserContentPart {
  switch (part.type) {
    case "text":
      return textContentPartOf(part, provider, place);
    case "image":
      return imageContentPartOf(part, provider, place);
    case "file":
      // An image stays an image, whichever part it came in.
      if (/^image\//iu.test(part.mediaType)) return imageContentPartOf({ ...part, type: "image" }, provider, place);
      return { ...fileContentPartOf(part, provider, place), ...breakpointOf(part, provider, place) };
    default:
      return unknownPart(part satisfies never, provider, place);
  }
}

function textContentPartOf(part: TextPart, provider: string, place: string): TextContentPart {
  // Callers without types reach here with whole messages of their own making.
  const { type }: { readonly type: string } = part;
  if (type !== "text") return unknownPart(part, provider, place);
  return { type: "text", text: part.text, ...breakpointOf(part, provider, place) };
}

function unknownPart(part: unknown, provider: string, place: string): never {
  throw unsupported(provider, `${place} is ${JSON.stringify(part).slice(0, 80)}, which such a message cannot hold in Chat Completions.`);
}

/** Fields of a wire part that the port's parts have no words for. Others that a part's metadata may hold belong to answers. */
const wireFieldsSchema = z.object({
  detail: z.optional(z.enum(["auto", "low", "high"])),
  prompt_cache_breakpoint: z.optional(z.strictObject({ mode: z.literal("explicit") })),
});

function breakpointOf(part: TextPart | FilePart, provider: string, place: string) {
  const { prompt_cache_breakpoint } = wireFieldsOf(part, provider, place);
  return prompt_cache_breakpoint === undefined ? {} : { prompt_cache_breakpoint };
}

function wireFieldsOf(part: UserPart, provider: string, place: string): z.infer<typeof wireFieldsSchema> {
  const metadata = part.providerMetadata?.["openai"];
  if (metadata === undefined) return {};
  const read = wireFieldsSchema.safeParse(metadata);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path[0];
  throw invalidRequest(provider, `${place}.providerMetadata.openai.${String(field)} is not what Chat Completions takes there.`);
}
