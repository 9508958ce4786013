import type { ScriptedAnswer, ScriptedError, ScriptedStep } from "@chatport/domain/testing";
import type { Exchange } from "./loopback-server.js";

/** How one API says a script. */
export interface ScriptedWire {
  /** What stands behind the origin in the API's base URL: `/v1`. */
  readonly basePath: string;
  readonly requestIdHeader: string;
  /** Content types of a stream and of JSON. */
  readonly types: { readonly stream: string; readonly json: string };
  /** What keeps a silent stream alive. */
  readonly keepAlive: string;
  /** The answer to a request that asks for no chat, such as one for the models; undefined for a chat. */
  other(url: URL, script: ScriptedAnswer): object | undefined;
  /** Whether a chat request asks for a stream. */
  asksForStream(exchange: Exchange, url: URL): boolean;
  /** Makes the encoder of one stream, which is given its steps in order, each with the one that follows. */
  encoder(script: ScriptedAnswer, echo: string): (step: ScriptedStep, next: ScriptedStep | undefined) => readonly string[];
  /** The body of the whole answer that the steps make. */
  whole(script: ScriptedAnswer): string;
  error(
    step: ScriptedError,
    echo: string,
  ): { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };
  /** An error object with these words, for a status of 200. */
  errorDocument(message: string): object;
}
