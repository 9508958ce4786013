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

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
