/** How much of an answer is accepted before it counts as malformed. `Infinity` switches a limit off. */
export interface Limits {
  /** Characters (UTF-16) of one line of an event stream. Default 16 Mi. */
  readonly lineChars: number;
  /** Characters (UTF-16) of the data of one event. Default 16 Mi. */
  readonly eventChars: number;
  /** Bytes of the whole body, as they are read. Default 512 MiB. */
  readonly totalBytes: number;
  /** Bytes that a compressed body may decode to. Default 64 MiB. */
  readonly decodedBytes: number;
}

export const defaultLimits: Limits = {
  lineChars: 16 * 1024 * 1024,
  eventChars: 16 * 1024 * 1024,
  totalBytes: 512 * 1024 * 1024,
  decodedBytes: 64 * 1024 * 1024,
};

/** The most bytes that a body with these headers may have: a compressed one is bounded more tightly, since a small one can decode to a huge one. */
export function bodyLimit(limits: Limits, headers: Headers): number {
  const encoding = headers.get("content-encoding");
  const compressed = encoding !== null && encoding.trim() !== "" && encoding.trim().toLowerCase() !== "identity";
  return compressed ? Math.min(limits.decodedBytes, limits.totalBytes) : limits.totalBytes;
}
