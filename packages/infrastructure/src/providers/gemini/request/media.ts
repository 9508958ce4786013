import type { FilePart, ImagePart } from "@chatport/domain";
import { inlineDataOf } from "../../../http/media-data.js";
import type { Blob, FileData } from "../models.js";

/** Bytes, or where the server finds them. */
export type MediaData = { readonly inlineData: Blob } | { readonly fileData: FileData };

/**
 * An image, a document or a clip: bytes as `inlineData`; a URL as `fileData`, which the server resolves: a file of its Files API, a public or signed HTTPS URL, a
 * YouTube video (https://ai.google.dev/gemini-api/docs/file-input-methods). A `data:` URL in base64 holds its bytes itself. A file's name is not sent, as the API
 * reads it beside server tools alone.
 */
export function mediaDataOf({ source, mediaType }: ImagePart | FilePart): MediaData {
  if ("base64" in source) return { inlineData: { mimeType: mediaType, data: source.base64 } };
  const inline = inlineDataOf(source.url);
  if (inline !== undefined) return { inlineData: { mimeType: mediaType || inline.mediaType, data: inline.base64 } };
  return { fileData: { mimeType: mediaType, fileUri: source.url } };
}
