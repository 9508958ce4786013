import { bodyOf } from "./pieces.js";

/** A `fetch` whose server answers with these pieces of an event stream, and no socket between them. */
export function answeringFetch(pieces: readonly Uint8Array[]): typeof globalThis.fetch {
  return () => Promise.resolve(new Response(bodyOf(pieces), { headers: { "content-type": "text/event-stream" } }));
}
