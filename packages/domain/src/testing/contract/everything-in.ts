/**
 * All that printing a value could show: its strings and those of everything it holds, hidden and symbol-named properties, causes, collections' entries, and what
 * its own `toString` and `toJSON` say.
 */
export function everythingIn(value: unknown): string {
  const seen = new Set<object>();
  const shown: string[] = [];
  const pending: unknown[] = [value];
  for (let current = pending.pop(); current !== undefined || pending.length > 0; current = pending.pop()) {
    if (typeof current === "string") shown.push(current);
    if (typeof current !== "object" || current === null || seen.has(current)) continue;
    seen.add(current);
    // oxlint-disable-next-line typescript/no-base-to-string -- how it prints itself is the question.
    shown.push(attempt(() => String(current)) ?? "", attempt(() => JSON.stringify(current)) ?? "");
    pending.push(...heldBy(current));
  }
  return shown.join("\n");
}

function heldBy(holder: object): readonly unknown[] {
  const held: unknown[] = Reflect.ownKeys(holder).flatMap((key) => [
    typeof key === "string" ? key : key.description,
    // A getter may throw; what it cannot tell, nobody can print.
    attempt((): unknown => Reflect.get(holder, key)),
  ]);
  // Maps, sets, headers, search parameters. Typed arrays hold no strings.
  if (!ArrayBuffer.isView(holder) && isIterable(holder)) held.push(...(attempt(() => [...holder]) ?? []));
  return held;
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && !("next" in value);
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
