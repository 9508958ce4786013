import type { FilePart, ImagePart } from "@chatport/domain";
import { mediaDataOf } from "../../../http/media-data.js";
import type { Blob, FileData } from "../models.js";

/** Bytes, or where the server finds them. */
export type MediaData = { readonly inlineData: Blob } | { readonly fileData: FileData };

/**
 * An image, a document or a clip: bytes as `inlineData`; a URL as `fileData`, which the server resolves: a file of its Files API, a public or signed HTTPS URL, a
 * YouTube video (https://ai.google.dev/gemini-api/docs/file-input-methods). A `data:` URL holds its bytes itself. A file's name is not sent, as the API reads it
 * beside server tools alone.
 *
 * @throws {RequestException} `invalid-request` when there is nothing in it.
 */
export function wireMediaOf(part: ImagePart | FilePart, provider: string, place: string): MediaData {
  const media = mediaDataOf(part, provider, place);
  if ("url" in media) return { fileData: { mimeType: media.mediaType, fileUri: media.url } };
  return { inlineData: { mimeType: media.mediaType, data: media.base64 } };
}
