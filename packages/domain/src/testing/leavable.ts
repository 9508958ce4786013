/**
 * An iterator whose `return()` works at every moment. An async generator alone queues `return()` behind a pending `next()`; here the signal given to `begin`
 * aborts first, so that the pending `next()` settles as done.
 */
export function leavable<Item>(begin: (left: AbortSignal) => AsyncGenerator<Item, void, undefined>): AsyncIterator<Item, undefined> {
  const left = new AbortController();
  const items = begin(left.signal);
  const done: IteratorResult<Item, undefined> = { done: true, value: undefined };
  return {
    next: async () => {
      if (left.signal.aborted) return done;
      try {
        const result = await items.next();
        return result.done ? done : result;
      } catch (error) {
        if (left.signal.aborted) return done;
        throw error;
      }
    },
    return: async () => {
      left.abort();
      await items.return();
      return done;
    },
  };
}
