import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";

/** Writes a body in pieces of at most `pieceBytes`, each by itself; resolves when all is handed to the socket. */
export async function writeInPieces(
  response: ServerResponse,
  text: string,
  pieceBytes: number | undefined,
  over: AbortSignal,
): Promise<void> {
  const bytes = Buffer.from(text);
  const size = pieceBytes ?? bytes.length;
  for (let start = 0; start < bytes.length && !over.aborted; start += size) {
    if (!response.write(bytes.subarray(start, start + size))) await drained(response);
    await turn();
  }
}

/** Says nothing more until the client leaves; with `keepAlive`, that every 20 ms. */
export function stall(response: ServerResponse, over: AbortSignal, keepAlive: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve();
    const ping = keepAlive === undefined ? undefined : setInterval(() => response.write(keepAlive), 20);
    over.addEventListener("abort", () => {
      clearInterval(ping);
      resolve();
    });
  });
}

/** Writes one line without an end until the client leaves, or the lines of one event without an end. */
export async function flood(response: ServerResponse, over: AbortSignal, of: "line" | "event"): Promise<void> {
  const words = "x".repeat(65_536);
  const piece = of === "line" ? words : `data: ${words}\n`;
  while (!over.aborted) {
    if (!response.write(piece)) await drained(response);
    await turn();
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      response.off("drain", over).off("close", over);
      resolve();
    };
    response.once("drain", over).once("close", over);
  });
}
