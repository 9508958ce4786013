/** An id for a tool call that came without one: `call_` and 24 characters of the alphabet that every vendor accepts. */
export function mintId(): string {
  return `call_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`;
}
