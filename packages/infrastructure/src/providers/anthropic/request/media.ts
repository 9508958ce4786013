import type { FilePart, ImagePart, MediaSource } from "@chatport/domain";
import { essenceOf, mediaDataOf } from "../../../http/media-data.js";
import { invalidRequest, unsupported } from "../../../http/request-checks.js";
import { imageMediaTypeSchema, type RequestDocument, type RequestImage } from "../models.js";

/**
 * An image, by its bytes or by a URL that Anthropic fetches (https://platform.claude.com/docs/en/build-with-claude/vision).
 *
 * @throws {RequestException} `unsupported` for bytes of a type that the API does not read.
 */
export function imageBlockOf(part: ImagePart, provider: string, place: string): RequestImage {
  const media = mediaOf(part, provider, place);
  if ("url" in media) return { type: "image", source: { type: "url", url: media.url } };
  const type = imageMediaTypeSchema.safeParse(media.type === "image/jpg" ? "image/jpeg" : media.type);
  if (type.success) return { type: "image", source: { type: "base64", media_type: type.data, data: media.base64 } };
  throw unsupported(
    provider,
    `${place} is an image of type ${media.type}; the Messages API reads JPEG, PNG, GIF and WebP. Convert it first.`,
  );
}

/**
 * A PDF by its bytes or by a URL, any text by its content (https://platform.claude.com/docs/en/build-with-claude/pdf-support).
 *
 * @throws {RequestException} `unsupported` for files of any other kind, and for text by URL; `invalid-request` for bytes that are no base64.
 */
export function documentBlockOf(part: FilePart, provider: string, place: string): RequestDocument {
  const title = part.name === undefined ? {} : { title: part.name };
  return { type: "document", source: documentSourceOf(part, provider, place), ...title };
}

function documentSourceOf(part: FilePart, provider: string, place: string): RequestDocument["source"] {
  const media = mediaOf(part, provider, place);
  if (media.type === "application/pdf") {
    return "url" in media ? { type: "url", url: media.url } : { type: "base64", media_type: "application/pdf", data: media.base64 };
  }
  if (!isText(media.type)) {
    throw unsupported(provider, `${place} is a file of type ${media.type}; the Messages API reads PDF and text. Convert it first.`);
  }
  if ("url" in media) {
    throw unsupported(
      provider,
      `${place} is text by URL, which the Messages API does not fetch. Load it and send its bytes (source.base64).`,
    );
  }
  return { type: "text", media_type: "text/plain", data: textIn(media.base64, provider, place) };
}

type Media = { readonly type: string } & MediaSource;

function mediaOf(part: ImagePart | FilePart, provider: string, place: string): Media {
  const { mediaType, ...media } = mediaDataOf(part, provider, place);
  return { type: essenceOf(mediaType), ...media };
}

function textIn(base64: string, provider: string, place: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    throw invalidRequest(provider, `${place} holds no base64 (RFC 4648, section 4).`);
  }
}

function isText(type: string): boolean {
  return type.startsWith("text/") || /^application\/(?:.+\+)?(?:json|xml|yaml|javascript|toml)$/u.test(type);
}
