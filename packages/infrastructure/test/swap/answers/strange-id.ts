/** An id of a tool call as no API of the big vendors would make it, and as a server that speaks its language may: not ASCII, with spaces, and longer than most take. */
export function strangeId(name: string): string {
  return `звонок ☎️ №1/${name}:${"很长".repeat(150)}`;
}
