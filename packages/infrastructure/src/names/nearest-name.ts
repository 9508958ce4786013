/**
 * The valid name that is spelt most like a wrong one; undefined when none is close (more than a third of its letters differ).
 *
 * Distance is optimal string alignment, letter case aside: a swap of neighbours ("modle") is one mistake, where plain Levenshtein distance, the one that the
 * small npm packages offer, counts two and prefers a worse name.
 */
export function nearestName(wrong: string, valid: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of valid) {
    const mistakes = distance(wrong.toLowerCase(), name.toLowerCase());
    if (mistakes < least && mistakes <= Math.max(1, Math.floor(Math.max(name.length, wrong.length) / 3))) {
      nearest = name;
      least = mistakes;
    }
  }
  return nearest;
}

function distance(left: string, right: string): number {
  // A name this long is no slip of the finger, and the work grows with the product of the lengths.
  if (left.length > 100 || right.length > 100) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
