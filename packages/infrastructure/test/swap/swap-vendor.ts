import type { ChatProvider } from "@chatport/domain";
import type { HistoryTable } from "../../src/providers/history-losses.js";
import type { ClientRequestTypes } from "./client-request-types.js";
import type { FieldBeyondType } from "./fields-beyond-types.js";

/** One vendor, or one more server or model of a vendor, in the swaps. */
export interface SwapVendor {
  /** In small letters alone, as it is a part of the marks. */
  readonly name: string;
  readonly provide: (fetch: typeof globalThis.fetch) => ChatProvider;
  /** Its table in a configuration, as `historyLosses` is asked about it. */
  readonly table: HistoryTable;
  /** A streamed answer with all that its API can say; every piece bears a mark, a word in capitals before the name and `MARK`. State that is for it alone bears `STATE…`. */
  readonly answer: { readonly contentType: string; readonly body: string };
  /** Whether there is such state: signatures, encrypted reasoning. Default true. */
  readonly keepsState?: boolean;
  /** Words of its marks for which its own requests have no place. Default: none. */
  readonly withoutPlace?: readonly string[];
  /** What is wrong with a request's body by the API's description. */
  readonly complaints: (body: unknown) => readonly unknown[];
  /** The ids of tool calls that it takes. */
  readonly toolCallId: RegExp;
  /** What the vendor's npm client takes as such a body. */
  readonly clientType: keyof ClientRequestTypes;
  /** What the server knows of and that type does not. Default: nothing. */
  readonly beyondType?: readonly FieldBeyondType[];
}
