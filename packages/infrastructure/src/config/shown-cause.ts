import { beginsLikeKey, withoutKeys, withoutWords } from "./key-shape.js";

/**
 * What another library threw, as it may be shown: an error with its name, its code, what is left of its words, and the places in the code. Nothing else of it is passed on: a failed
 * `open` of `file:sk-...` quotes the path, and other libraries' errors hold what they were given in fields of their own.
 *
 * @param depth how many causes of causes are kept; they may go round in a circle
 */
export function shownCause(cause: unknown, depth = 4): unknown {
  if (!(cause instanceof Error)) return typeof cause === "string" ? withoutKeys(cause) : undefined;
  const below = depth === 0 || cause.cause === undefined ? undefined : shownCause(cause.cause, depth - 1);
  const shown = new Error(withoutKeys(cause.message), below === undefined ? undefined : { cause: below });
  shown.name = withoutKeys(cause.name);
  // Its stack begins with the words again, and this one's would lead here.
  shown.stack = [`${shown.name}: ${shown.message}`, ...placesIn(cause.stack)].join("\n");
  return "code" in cause && typeof cause.code === "string" ? Object.assign(shown, { code: withoutKeys(cause.code) }) : shown;
}

/** The frames of a stack. Folders often have random names, so that only what begins like a key is hidden. */
function placesIn(stack = ""): readonly string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .map((line) => withoutWords(line, beginsLikeKey));
}
