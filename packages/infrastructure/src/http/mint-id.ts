/**
 * An id for a tool call that came without one: `call_` and 24 characters of an alphabet that every vendor accepts. Not `crypto.randomUUID`, which pages that
 * came over plain HTTP do not have.
 */
export function mintId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `call_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
