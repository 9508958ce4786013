import type { Json } from "@chatport/domain";
import type { SoFar } from "./answer-reader.js";

/** What a vendor makes of the events of its streams. What it throws ends the answer; `failure` gives the context of such an exception. */
export interface JsonEventSink {
  /**
   * Takes the parsed data of one event. `name` is undefined for the default type, "message"; `text` is the data as received. Returns false for an event that
   * brings nothing but a sign of life, which does not keep the answer alive.
   */
  onJson(value: Json, name: string | undefined, text: string): boolean;
  /** Takes data that is no JSON (`[DONE]`); returns whether it is known. Default: none is. */
  onMarker?(data: string): boolean;
  /** Takes a whole document, which came in place of the stream that was asked for, or by request. */
  onDocument(value: Json, text: string): void;
  /** The answer is complete: the end marker was read, or the body ended after the server had said why the answer ended. */
  finish(): void;
  /** The end marker was read: nothing that follows counts. */
  readonly hasEnded: boolean;
  /** The server has said why the answer ended, so that the body may end, too. */
  readonly hasFinishReason: boolean;
  /** More of the answer may follow the reason why it ended: a pause then is a pause, and no end. Default: none may. */
  readonly mayGoOn?: boolean;
  /** What had arrived, for an exception. */
  readonly soFar: SoFar;
}
