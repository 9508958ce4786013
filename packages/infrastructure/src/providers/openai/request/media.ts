import type { FilePart, ImagePart } from "@chatport/domain";
import { essenceOf, mediaDataOf } from "../../../http/media-data.js";
import type { UserContentPart } from "../models.js";
import { unsupported } from "../../../http/request-checks.js";

/**
 * A document as `file`, a WAV or MP3 clip as `input_audio` (https://platform.openai.com/docs/api-reference/chat/create).
 *
 * @throws {RequestException} `unsupported` for a file by URL, for video and for other kinds of audio.
 */
export function fileContentPartOf(part: FilePart, provider: string, place: string): UserContentPart {
  const type = essenceOf(part.mediaType);
  const base64 = base64Of(part, provider, place);
  if (type.startsWith("video/"))
    throw unsupported(provider, `${place} is a video (${type}), which Chat Completions does not take. Send frames of it as images.`);
  if (!type.startsWith("audio/")) {
    return { type: "file", file: { filename: part.name ?? nameFor(type), file_data: `data:${type};base64,${base64}` } };
  }
  const format = audioFormats.get(type);
  if (format !== undefined) return { type: "input_audio", input_audio: { data: base64, format } };
  throw unsupported(provider, `${place} is audio of type ${type}; Chat Completions takes audio/wav and audio/mpeg. Convert it first.`);
}

/**
 * An image's own URL, or a data URL of its bytes in base64.
 *
 * @throws {RequestException} `invalid-request` when there is nothing in it.
 */
export function mediaUrlOf(part: Pick<ImagePart, "source" | "mediaType">, provider: string, place: string): string {
  const media = mediaDataOf(part, provider, place);
  if ("url" in media) return media.url;
  // As it was written, parameters and all.
  if ("url" in part.source && /^data:[^,]*;base64,/iu.test(part.source.url)) return part.source.url;
  return `data:${essenceOf(media.mediaType)};base64,${media.base64}`;
}

function base64Of(part: FilePart, provider: string, place: string): string {
  const media = mediaDataOf(part, provider, place);
  if ("base64" in media) return media.base64;
  throw unsupported(
    provider,
    `${place} is a file by URL, which Chat Completions does not fetch. Load it and send its bytes (source.base64).`,
  );
}

const audioFormats: ReadonlyMap<string, "wav" | "mp3"> = new Map([
  ["audio/wav", "wav"],
  ["audio/x-wav", "wav"],
  ["audio/wave", "wav"],
  ["audio/vnd.wave", "wav"],
  ["audio/mpeg", "mp3"],
  ["audio/mp3", "mp3"],
]);

const unlikeSubtype: ReadonlyMap<string, string> = new Map([
  ["text/plain", "txt"],
  ["text/markdown", "md"],
]);

// The API wants a name with the bytes and reads its ending.
function nameFor(type: string): string {
  const subtype = type.split("/", 2)[1] ?? "";
  const ending = unlikeSubtype.get(type) ?? (/^[a-z0-9]{1,5}$/u.test(subtype) ? subtype : undefined);
  return ending === undefined ? "document" : `document.${ending}`;
}
