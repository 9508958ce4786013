/** One page of a list that a server gives in several. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** What asks for the next page. Absent on the last one. */
  readonly next?: string | undefined;
}

/**
 * All items of such a list, page by page. Ends where the server comes back to a page that was asked for: it would go round for ever. `spentMs` is how long the
 * pages before have taken, in milliseconds: a total deadline is the list's, or a server that always knows one page more would keep the call for ever.
 */
export async function everyPage<Item>(
  pageAt: (cursor: string | undefined, spentMs: number) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const pages: (readonly Item[])[] = [];
  const asked = new Set<string | undefined>();
  const begun = performance.now();
  for (let cursor: string | undefined; !asked.has(cursor);) {
    asked.add(cursor);
    const { items, next } = await pageAt(cursor, performance.now() - begun);
    pages.push(items);
    if (next === undefined) break;
    cursor = next;
  }
  return pages.flat();
}
