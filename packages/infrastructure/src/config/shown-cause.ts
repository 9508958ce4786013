import { withoutKeys } from "./key-shape.js";

/**
 * What another library threw, as it may be shown: the thing itself where nothing in it looks like a key, else an error with its name and code and what is left of its words. A
 * failed `open` of `file:sk-...` quotes the path, for one.
 */
export function shownCause(cause: unknown): unknown {
  if (!(cause instanceof Error)) return typeof cause === "string" ? withoutKeys(cause) : cause;
  const below = cause.cause === undefined ? undefined : shownCause(cause.cause);
  const fields = Object.values(cause).filter((value) => typeof value === "string");
  const isClean = [cause.message, ...fields].every((text) => withoutKeys(text) === text) && below === cause.cause;
  if (isClean) return cause;
  const shown = new Error(withoutKeys(cause.message), below === undefined ? undefined : { cause: below });
  shown.name = cause.name;
  // Its stack would begin with the words again, and this one's would lead here.
  shown.stack = `${shown.name}: ${shown.message}`;
  return "code" in cause && typeof cause.code === "string" ? Object.assign(shown, { code: withoutKeys(cause.code) }) : shown;
}
