/** How long an error's body may take, in milliseconds: what has come by then has to do. */
const patienceMs = 10_000;

/**
 * The text of a body that is read for its message: at most `maxBytes`, and whatever has come when the body stalls or breaks, or the signal aborts. Frees the
 * connection by itself: of a response whose request is garbage, Node may have forgotten the signal that it was asked with.
 */
export async function readErrorText(response: Response, signal?: AbortSignal, maxBytes = 65_536): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  const timer = setTimeout(cancel, patienceMs);
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted === true) cancel();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      text += decoder.decode(value.subarray(0, value.byteLength - Math.max(0, bytes - maxBytes)), { stream: true });
      if (bytes >= maxBytes) break;
    }
  } catch {
    // The status and what has come of the body say more than how the connection broke.
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
    cancel();
  }
  return text + decoder.decode();
}
