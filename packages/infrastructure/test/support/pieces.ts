/** A body that arrives in the given pieces. */
export function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[next++];
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
}

/** Cuts bytes into pieces of the given sizes; the last size repeats. */
export function cut(bytes: Uint8Array, ...sizes: readonly number[]): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const end = start + Math.max(1, sizes[Math.min(index, sizes.length - 1)] ?? bytes.length);
    pieces.push(bytes.slice(start, end));
    start = end;
  }
  return pieces;
}

/**
 * Ways to cut bytes, one of which has a cut at any place that one may think of. They are as many as a piece has bytes; to cut in two at each place would be as many
 * as there are bytes in all, and to read all of them takes time that grows with the square.
 */
export function cutsAnywhere(bytes: Uint8Array): readonly (readonly Uint8Array[])[] {
  return Array.from({ length: pieceBytes }, (_, first) => cut(bytes, first + 1, pieceBytes));
}

/** Some lines of a stream, so that a piece begins in the middle of one and holds others whole; prime, so that the cuts are in step with nothing. */
const pieceBytes = 251;

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
