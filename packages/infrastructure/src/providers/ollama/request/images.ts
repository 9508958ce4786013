import type { FilePart, ImagePart, JsonObject } from "@chatport/domain";
import { mediaDataOf } from "../../../http/media-data.js";
import { unsupported } from "../../../http/request-checks.js";

/**
 * An image's bytes in base64, the only form that Ollama takes (https://docs.ollama.com/capabilities/vision).
 *
 * @throws {RequestException} `unsupported` for an image by URL, unless the URL holds the bytes (`data:`); `invalid-request` when there is nothing in it.
 */
export function imageOf(part: ImagePart | FilePart, provider: string, place: string): string {
  const media = mediaDataOf(part, provider, place);
  if ("base64" in media) return media.base64;
  throw unsupported(provider, `${place} is an image by URL, which Ollama does not fetch. Load it and send its bytes (source.base64).`);
}

/** The images of a provider part of Ollama's own: those that a model had made. */
export function imagesIn({ images }: JsonObject): readonly string[] {
  return Array.isArray(images) ? images.filter((image) => typeof image === "string") : [];
}
