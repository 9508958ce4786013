/** One event of an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export function serverSentEvent(data: object, type?: string): string {
  return `${type === undefined ? "" : `event: ${type}\n`}data: ${JSON.stringify(data)}\n\n`;
}
