/** A body of these pieces that never ends by itself, read no further than asked for. */
export function endlessBody(pieces: readonly Uint8Array[], cancel: () => void): ReadableStream<Uint8Array> {
  let next = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): undefined | Promise<never> => {
    const piece = pieces[next++];
    if (piece === undefined) return new Promise(() => undefined);
    controller.enqueue(piece);
    return undefined;
  };
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
}
