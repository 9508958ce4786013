/** Whether a value is a promise (of whatever library) where none is wanted. Then its failure is dropped, too: nobody waits for it, and it would end the process. */
export function dropPromise(value: unknown): boolean {
  if (!isPromise(value)) return false;
  value.then(undefined, () => undefined);
  return true;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
