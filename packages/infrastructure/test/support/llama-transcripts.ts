import { readdirSync, readFileSync } from "node:fs";
import { cut } from "./pieces.js";

/** One answer of a real llama.cpp server, as `curl -i` recorded it: status line and headers as sent, the body without its transfer coding. */
export interface Transcript {
  readonly name: string;
  readonly head: string;
  readonly body: Uint8Array;
  /** Whether the recorded request asked for a stream. */
  readonly streamed: boolean;
  /** Whether the server meant the connection to end after it. */
  readonly closes: boolean;
  /** `kept`: the body still has the wire's own chunks. */
  readonly chunking: "none" | "undone" | "kept";
}

const folder = new URL("../fixtures/llama-server/", import.meta.url);

export const transcripts: readonly Transcript[] = readdirSync(folder)
  .filter((file) => file.endsWith(".response.txt"))
  .map((file) => transcript(file.slice(0, -".response.txt".length)));

/** The bytes that such a server sends. `size` cuts the body: into that many bytes a chunk, or, where it is not chunked, a piece. */
export function wireOf({ head, body, chunking, name }: Transcript, size: number): readonly (string | Uint8Array)[] {
  const pieces = cut(body, size);
  if (chunking !== "undone") return [head, ...pieces];
  const chunks = pieces.flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, "\r\n"]);
  // A server that was killed never sent its last chunk.
  return name.includes("killed") ? [head, ...chunks] : [head, ...chunks, "0\r\n\r\n"];
}

function transcript(name: string): Transcript {
  const bytes = readFileSync(new URL(`${name}.response.txt`, folder));
  const bodyStart = bytes.indexOf("\r\n\r\n") + 4;
  const head = bytes.subarray(0, bodyStart).toString("latin1");
  const body = new Uint8Array(bytes.subarray(bodyStart));
  const chunked = /^transfer-encoding: chunked/imu.test(head);
  return {
    name,
    head,
    body,
    streamed: /"stream": ?true/u.test(requestOf(name)),
    closes: /^connection: close/imu.test(head),
    chunking: chunked ? (name.includes("wire") ? "kept" : "undone") : "none",
  };
}

function requestOf(name: string): string {
  try {
    return readFileSync(new URL(`${name}.request.txt`, folder), "utf8");
  } catch {
    // A GET has none.
    return "";
  }
}
