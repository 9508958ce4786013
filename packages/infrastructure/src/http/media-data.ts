/** Bytes in base64 that a `data:` URL holds, and the media type that it names for them, which may be empty. */
export interface InlineData {
  readonly mediaType: string;
  readonly base64: string;
}

/** What a `data:` URL in base64 holds (RFC 2397); undefined for any other URL, and for one whose data is spelled in another way. */
export function inlineDataOf(url: string): InlineData | undefined {
  const head = /^data:([^,]*);base64,/iu.exec(url);
  return head === null ? undefined : { mediaType: essenceOf(head[1] ?? ""), base64: url.slice(head[0].length) };
}

/** A media type without parameters, in lower case (RFC 9110, section 8.3.1). */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
}
