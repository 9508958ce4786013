import type { FilePart, ImagePart, TextPart, UserPart } from "@chatport/domain";
import * as z from "zod/mini";
import { invalidRequest, unsupported } from "../../../../http/request-checks.js";
import { fileContentPartOf, mediaUrlOf } from "../../request/media.js";
import { vendor } from "../../vendor.js";
import {
  type InputContentPart,
  type InputFilePart,
  inputFileSchema,
  type InputImagePart,
  inputImageSchema,
  type InputTextPart,
} from "../models/request-input.js";

type InputContent = string | InputContentPart[];

/**
 * What a user message holds. Text alone is a plain string; several parts are an array. `providerMetadata.openai` of a part may hold
 * `prompt_cache_breakpoint`, that of an image and of a file also `detail`, as on the wire.
 *
 * @throws {RequestException} `unsupported` for sound and video, `invalid-request` for wire fields of the wrong kind.
 */
export function inputContentOf(parts: readonly UserPart[], provider: string, place: string): InputContent {
  return simplest(parts.map((part, index) => inputPartOf(part, provider, `${place}.content[${index}]`)));
}

/** What a system message holds: text alone. Like {@link inputContentOf} otherwise. */
export function systemContentOf(parts: readonly TextPart[], provider: string, place: string): InputContent {
  return simplest(parts.map((part, index) => inputTextOf(part, provider, `${place}.content[${index}]`)));
}

/** A text, as a part of a message or of a tool's result. */
export function inputTextOf(part: TextPart, provider: string, place: string): InputTextPart {
  // Callers without types reach here with whole messages of their own making.
  const { type }: { readonly type: string } = part;
  if (type !== "text") throw unknownPart(part, provider, place);
  return { type: "input_text", text: part.text, ...wireFieldsOf(textFields, part, provider, place) };
}

/** An image, from its bytes as a data URL or by its own URL, which the server then fetches. */
export function inputImageOf(part: ImagePart, provider: string, place: string): InputImagePart {
  return {
    type: "input_image",
    detail: "auto",
    image_url: mediaUrlOf(part, provider, place),
    ...wireFieldsOf(imageFields, part, provider, place),
  };
}

function simplest(content: InputContentPart[]): InputContent {
  const [only] = content;
  if (only === undefined) return "";
  return content.length === 1 && only.type === "input_text" && only.prompt_cache_breakpoint === undefined ? only.text : content;
}

function inputPartOf(part: UserPart, provider: string, place: string): InputContentPart {
  switch (part.type) {
    case "text":
      return inputTextOf(part, provider, place);
    case "image":
      return inputImageOf(part, provider, place);
    case "file":
      // An image stays an image, whichever part it came in.
      if (/^\s*image\//iu.test(part.mediaType)) return inputImageOf({ ...part, type: "image" }, provider, place);
      return { ...inputFileOf(part, provider, place), ...wireFieldsOf(fileFields, part, provider, place) };
    default:
      throw unknownPart(part satisfies never, provider, place);
  }
}

/** A document: its bytes with a name, or a URL that the server fetches, which brings its own name. */
function inputFileOf(part: FilePart, provider: string, place: string): InputFilePart {
  const kind = /^\s*(?<kind>audio|video)\//iu.exec(part.mediaType)?.groups?.["kind"]?.toLowerCase();
  if (kind === "audio") {
    throw unsupported(
      provider,
      `${place} is sound (${part.mediaType}), which the Responses API does not take. Chat Completions takes WAV and MP3.`,
    );
  }
  if (kind === "video") {
    throw unsupported(
      provider,
      `${place} is a video (${part.mediaType}), which the Responses API does not take. Send frames of it as images.`,
    );
  }
  if ("url" in part.source && !/^data:/iu.test(part.source.url)) return { type: "input_file", file_url: mediaUrlOf(part, provider, place) };
  const inline = fileContentPartOf(part, provider, place);
  return { type: "input_file", ...(inline.type === "file" ? inline.file : {}) };
}

const { prompt_cache_breakpoint } = inputFileSchema.shape;
const textFields = z.object({ prompt_cache_breakpoint });
const imageFields = z.object({ prompt_cache_breakpoint, detail: z.exactOptional(inputImageSchema.shape.detail) });
const fileFields = z.object({ prompt_cache_breakpoint, detail: inputFileSchema.shape.detail });

/** Fields of a wire part that the port's parts have no words for. Others that a part's metadata may hold belong to answers. */
function wireFieldsOf<Fields>(schema: z.ZodMiniType<Fields>, part: UserPart, provider: string, place: string): Partial<Fields> {
  const metadata = part.providerMetadata?.[vendor];
  if (metadata === undefined) return {};
  const read = schema.safeParse(metadata);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path[0];
  throw invalidRequest(provider, `${place}.providerMetadata.openai.${String(field)} is not what the Responses API takes there.`);
}

function unknownPart(part: unknown, provider: string, place: string): Error {
  return unsupported(provider, `${place} is ${JSON.stringify(part).slice(0, 80)}, which such a message cannot hold in the Responses API.`);
}
