import type { FilePart, ImagePart, MediaSource } from "@chatport/domain";
import { essenceOf, inlineDataOf } from "../../../http/media-data.js";
import { invalidRequest, unsupported } from "../../../http/request-checks.js";
import { imageMediaTypeSchema, type RequestDocument, type RequestImage } from "../models.js";

/**
 * An image, by its bytes or by a URL that Anthropic fetches (https://platform.claude.com/docs/en/build-with-claude/vision).
 *
 * @throws {RequestException} `unsupported` for bytes of a type that the API does not read.
 */
export function imageBlockOf({ source, mediaType }: ImagePart, provider: string, place: string): RequestImage {
  const media = mediaOf(source, mediaType, provider, place);
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

function documentSourceOf({ source, mediaType }: FilePart, provider: string, place: string): RequestDocument["source"] {
  const media = mediaOf(source, mediaType, provider, place);
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

/** The bytes of a `data:` URL (RFC 2397) are bytes like any others. */
function mediaOf(source: MediaSource, mediaType: string, provider: string, place: string): Media {
  const type = essenceOf(mediaType);
  if ("base64" in source) return { type, base64: filled(source.base64, provider, place) };
  const inline = inlineDataOf(source.url);
  if (inline === undefined) return { type, url: filled(source.url, provider, place) };
  return { type: inline.mediaType || type, base64: filled(inline.base64, provider, place) };
}

function filled(value: string, provider: string, place: string): string {
  if (value !== "") return value;
  throw invalidRequest(provider, `${place} is empty: its source holds neither bytes nor an address.`);
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
