import { RequestException } from "./chat-exception.js";

/**
 * What a provider's `stream()` returns: an iterable that starts lazily and can be read once. `start` is called when reading begins; reading a second time
 * rejects the first `next()`, because an empty answer in its place would be a silent loss.
 */
export function singleUse<Item>(provider: string, start: () => AsyncIterator<Item, undefined>): AsyncIterable<Item> {
  let used = false;
  return {
    [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
      if (used) return rejecting(provider);
      used = true;
      return start();
    },
  };
}

function rejecting<Item>(provider: string): AsyncIterator<Item, undefined> {
  return {
    next: () =>
      Promise.reject(
        new RequestException("invalid-request", "This answer has been read already. Call stream() again to ask again.", { provider }),
      ),
  };
}
