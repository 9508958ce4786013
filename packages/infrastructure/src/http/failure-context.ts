import type { AssistantMessage, ChatExceptionCode, Usage } from "@chatport/domain";
import type { Redact } from "./redaction.js";
import type { ServerError } from "./server-error.js";

/** What the place that noticed a failure knows about the call. */
export interface FailureContext {
  /** The name of the provider that failed. */
  readonly provider: string;
  /** Takes the call's secrets out of every text that the exception carries. */
  readonly redact: Redact;
  /** Vendor words -> code, asked before the generic rules; undefined: no opinion. `error.status` is the response's own status, where there is one. */
  readonly codeOf?: (error: ServerError) => ChatExceptionCode | undefined;
  /**
   * Better words for an error than its usual ones, from its body, which is parsed where it is JSON; undefined: no better ones. Secrets are taken out of them and
   * they are cut, as the usual words are; what the error is classified as does not depend on them.
   */
  readonly messageOf?: (body: unknown) => string | undefined;
  /** Where the request went; only its host is shown. */
  readonly url?: string;
  /** True once the response's headers are here: a connection that breaks now breaks in the middle of its answer. */
  readonly answering?: boolean;
  /** The id of the request, when the failure itself does not tell one. */
  readonly requestId?: string;
  /** What had arrived of the answer. */
  readonly partial?: AssistantMessage;
  /** Tokens that the server had reported. */
  readonly usage?: Usage;
}
