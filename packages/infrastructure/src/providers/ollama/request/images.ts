import type { FilePart, ImagePart, JsonObject } from "@chatport/domain";
import { inlineDataOf } from "../../../http/media-data.js";
import { unsupported } from "../../../http/request-checks.js";

/**
 * An image's bytes in base64, the only form that Ollama takes (https://docs.ollama.com/capabilities/vision).
 *
 * @throws {RequestException} `unsupported` for an image by URL, unless the URL holds the bytes (`data:`).
 */
export function imageOf({ source }: Pick<ImagePart | FilePart, "source">, provider: string, place: string): string {
  if ("base64" in source) return source.base64;
  const inline = inlineDataOf(source.url);
  if (inline !== undefined) return inline.base64;
  throw unsupported(provider, `${place} is an image by URL, which Ollama does not fetch. Load it and send its bytes (source.base64).`);
}

/** The images of a provider part of Ollama's own: those that a model had made. */
export function imagesIn({ images }: JsonObject): readonly string[] {
  return Array.isArray(images) ? images.filter((image) => typeof image === "string") : [];
}
