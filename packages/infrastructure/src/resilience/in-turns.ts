/** What {@link inTurns} makes an iterator of. */
export interface Turns<Item> {
  /**
   * The next item; called again only when the step before has settled, and never after one that was done or threw.
   *
   * @param hasLeft whether the reader has left in the meantime: what has not begun yet is not to begin any more
   */
  step(hasLeft: () => boolean): Promise<IteratorResult<Item, undefined>>;
  /** The reader left, perhaps in the middle of a step, which is to settle soon. */
  leave(): Promise<void>;
}

/**
 * An iterator whose steps never overlap, however it is read. Leaving works at every moment: a pending `next()` ends as done, and nothing follows. Costs a few promises an event,
 * which a tape can afford.
 */
export function inTurns<Item>(turns: Turns<Item>): AsyncIterableIterator<Item, undefined> {
  const done = { done: true, value: undefined } as const;
  let over = false;
  let last: Promise<unknown> = Promise.resolve();
  const take = async (): Promise<IteratorResult<Item, undefined>> => {
    if (over) return done;
    try {
      const result = await turns.step(() => over);
      if (over) return done;
      over = result.done === true;
      return result;
    } catch (error) {
      if (over) return done;
      over = true;
      throw error;
    }
  };
  const leave = async (): Promise<IteratorResult<Item, undefined>> => {
    if (!over) {
      over = true;
      await turns.leave();
    }
    return done;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      const taken = last.then(take, take);
      last = taken;
      return taken;
    },
    return: leave,
    async throw(error: unknown) {
      await leave();
      throw error;
    },
  };
}
