import type { FilePart, ImagePart } from "@chatport/domain";
import { invalidRequest } from "./request-checks.js";

/** Bytes in base64, and the media type that is named for them, which may be empty. */
export interface InlineData {
  readonly mediaType: string;
  readonly base64: string;
}

/** An address that the server fetches, and the media type of what is there. */
export interface LinkedData {
  readonly mediaType: string;
  readonly url: string;
}

/**
 * What an image or a file holds: bytes, those of a `data:` URL among them, or an address. The type that such a URL names counts, and that of the part where it
 * names none.
 *
 * @throws {RequestException} `invalid-request` when there is nothing in it.
 */
export function mediaDataOf(
  { source, mediaType }: Pick<ImagePart | FilePart, "source" | "mediaType">,
  provider: string,
  place: string,
): InlineData | LinkedData {
  const inline = "base64" in source ? { mediaType, base64: source.base64 } : inlineDataOf(source.url);
  const data = inline === undefined && "url" in source ? source.url : inline?.base64;
  if (!data) throw invalidRequest(provider, `${place} is empty: its source holds neither bytes nor an address.`);
  return inline === undefined ? { mediaType, url: data } : { mediaType: inline.mediaType || mediaType, base64: data };
}

/** What a `data:` URL holds (RFC 2397), whichever way its data is spelled; undefined for any other URL. */
export function inlineDataOf(url: string): InlineData | undefined {
  const [head, type = "", isBase64] = /^data:([^,]*?)(;base64)?,/iu.exec(url) ?? [];
  if (head === undefined) return undefined;
  const data = percentDecoded(url.slice(head.length));
  return { mediaType: essenceOf(type), base64: isBase64 === undefined ? btoa(data) : data };
}

/** A media type without parameters, in lower case (RFC 9110, section 8.3.1). */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

/** The bytes of a text in UTF-8, with `%` and two hexadecimal digits for some of them (RFC 3986, section 2.1), as one character each. */
function percentDecoded(text: string): string {
  return text.replaceAll(/%([\dA-Fa-f]{2})|\P{ASCII}/gu, (piece, digits: string | undefined) =>
    String.fromCharCode(...(digits === undefined ? new TextEncoder().encode(piece) : [Number.parseInt(digits, 16)])),
  );
}
