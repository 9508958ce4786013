import * as fc from "fast-check";
import { expect } from "vitest";

/** A guard that takes the usual case by a short way, and the schema that it stands in for. */
export interface GuardOfSchema<Usual> {
  readonly guard: (value: unknown) => value is Usual;
  readonly schema: { readonly parse: (value: unknown) => unknown };
  readonly values: fc.Arbitrary<unknown>;
  readonly numRuns: number;
  /** More than so many of the values must get past the guard, or the check says little. */
  readonly acceptedAbove: number;
  /** What else holds for a value that the guard accepts. */
  readonly check?: (value: Usual) => void;
}

/** Checks that what the guard accepts, the schema accepts, and reads the same. */
export function expectGuardWithinSchema<Usual>(subject: GuardOfSchema<Usual>): void {
  const { guard, schema, values, numRuns, acceptedAbove, check } = subject;
  let accepted = 0;
  fc.assert(
    fc.property(values, (value) => {
      if (!guard(value)) return;
      accepted++;
      expect(schema.parse(value)).toEqual(value);
      check?.(value);
    }),
    { numRuns },
  );
  expect(accepted).toBeGreaterThan(acceptedAbove);
}
