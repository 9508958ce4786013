import { type ChatEvent, type ChatProvider, isChatException, userMessage } from "@chatport/domain";
import * as z from "zod/mini";

/** What a client posts. Not a whole `ChatRequest`: which model answers, with what settings, is the server's to say. */
const question = z.strictObject({ question: z.string().check(z.minLength(1), z.maxLength(10_000)) });

/** Room for the longest question, however its characters are spelled: `\u00e9` has six bytes. */
const maxBytes = 64 * 1024;

/**
 * A web handler, Request -> Response, for `Deno.serve`, `Bun.serve`, a worker's `fetch`, a route of Next.js or Hono. It answers `POST {"question": "..."}` with the
 * port's events: as server-sent events where the client accepts them, otherwise as NDJSON. A failure is the last event, `{"type": "error", ...}`; an answer that
 * ends with neither that nor `message-end` was cut off. A client that leaves cancels the model's request.
 *
 * It asks nobody who they are: put it behind your own authentication, and rate limits, before others can reach it.
 */
export function createChatHandler(provider: ChatProvider): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return refusal(405, "POST a question.", { allow: "POST" });
    // A page of another origin cannot send this type without asking first, and nobody here answers that it may.
    if (!/^application\/json\b/iu.test(request.headers.get("content-type") ?? "")) return refusal(415, "Send application/json.");
    // A body that breaks off is read as none.
    const body = await boundedBody(request).catch(() => new Response());
    if (body === undefined) return refusal(413, "Send a shorter question.");
    const { data } = question.safeParse(await body.json().catch(() => undefined));
    if (data === undefined) return refusal(400, 'Send {"question": "..."}, of 1 to 10,000 characters.');
    const isEventStream = request.headers.get("accept")?.includes("text/event-stream") === true;
    // Some platforms tell of a client's leaving by the request's signal, some by cancelling the body, some by both.
    const departure = new AbortController();
    const signal = AbortSignal.any([request.signal, departure.signal]);
    const events = provider.stream({ messages: [userMessage(data.question)] }, { signal });
    return new Response(bodyOf(frames(events, signal, isEventStream), departure), {
      headers: {
        "content-type": isEventStream ? "text/event-stream; charset=utf-8" : "application/x-ndjson; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  };
}

/** The request's body, of which no more is read than fits; undefined when it is longer, whatever its `content-length` says. */
async function boundedBody({ headers, body }: Request): Promise<Response | undefined> {
  if (Number(headers.get("content-length")) > maxBytes) return undefined;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    // Leaving the loop cancels the body.
    if (bytes > maxBytes) return undefined;
    pieces.push(piece);
  }
  return new Response(new Blob(pieces));
}

/** One event a frame. JSON has no line breaks of its own, so that what a model says cannot end a frame. */
async function* frames(events: AsyncIterable<ChatEvent>, signal: AbortSignal, isEventStream: boolean): AsyncGenerator<string> {
  const frame = (value: object): string => (isEventStream ? `data: ${JSON.stringify(value)}\n\n` : `${JSON.stringify(value)}\n`);
  try {
    for await (const event of events) yield frame(event);
  } catch (error) {
    // Nobody is left to hear how a cancelled answer ended.
    if (!signal.aborted) yield frame(failure(error));
  }
}

/** Reads as fast as the client does. */
function bodyOf(pieces: AsyncGenerator<string>, departure: AbortController): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => departure.abort(),
  });
}

function failure(error: unknown): object {
  // What is no ChatException is a fault of this program: its text is for the log, not for the client.
  if (!isChatException(error)) return { type: "error", code: "internal", message: "The server failed.", retryable: false };
  const { code, message, retryable } = error;
  return { type: "error", code, message, retryable };
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { message } }, { status, headers });
}
