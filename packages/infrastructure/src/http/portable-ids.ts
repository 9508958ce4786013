/** What an API takes as an id. */
export interface IdForm {
  /** Matches a whole id; letters and digits must be among what it allows. */
  readonly pattern: RegExp;
  /** In characters; at least 4. */
  readonly maxLength: number;
}

/**
 * Rewrites ids that an API does not take. The same id always becomes the same new one, in this turn and in the next, so that prompt caches keep working; two
 * ids never become one. Ids that are fine stay.
 *
 * @param ids all ids of the conversation
 */
export function portableIds(ids: readonly string[], { pattern, maxLength }: IdForm): (id: string) => string {
  // A pattern of its own: that of a caller may be sticky, or match a part.
  const whole = new RegExp(`^(?:${pattern.source})$`, pattern.flags.replaceAll(/[gy]/gu, ""));
  const isFine = (id: string): boolean => id.length <= maxLength && whole.test(id);
  const taken = new Set(ids.filter(isFine));
  const renamed = new Map<string, string>();
  for (const id of new Set(ids)) {
    if (isFine(id)) continue;
    let attempt = 0;
    let candidate = shortened(id, maxLength);
    while (taken.has(candidate)) candidate = shortened(`${id}#${++attempt}`, maxLength);
    taken.add(candidate);
    renamed.set(id, candidate);
  }
  return (id) => renamed.get(id) ?? id;
}

/** Letters and digits alone, which every API takes: "c" and a hash, as long as the API allows but no longer than 15. */
function shortened(id: string, maxLength: number): string {
  return `c${fnv1a(id, 0x81_1c_9d_c5)}${fnv1a(id, 0x01_00_01_93)}`.slice(0, maxLength);
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), as seven base-36 digits. */
function fnv1a(text: string, basis: number): string {
  let hash = basis;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  return (hash >>> 0).toString(36).padStart(7, "0");
}
