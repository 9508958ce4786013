import * as fc from "fast-check";

/** What a server may send in a field where it should not. */
export const odd = fc.oneof(fc.anything({ maxDepth: 1 }), fc.constantFrom(null, undefined, "", 0, Number.POSITIVE_INFINITY, [], {}));

/** What servers send in a field, with anything at all now and then. */
export function usually(value: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 19, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd });
}
