/**
 * A `fetch` that takes requests to any origin to one server, so that an adapter, which marks opaque state with the origin that it was configured with, makes the
 * same events of the same answer wherever a test's server happens to listen.
 */
export function forwardingFetch(origin: string): typeof globalThis.fetch {
  return (input, init) => {
    const asked = new Request(input);
    const { pathname, search } = new URL(asked.url);
    // With `init`, which has the signal: that of `asked` would be lost once `asked` is garbage.
    return fetch(new Request(new URL(pathname + search, origin), asked), init);
  };
}
