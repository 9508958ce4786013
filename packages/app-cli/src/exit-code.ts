import type { ChatExceptionCode } from "@chatport/domain";

/** What the program's exit status says, after the shell's habits and BSD's sysexits.h. Documented in `--help`; scripts rely on it. */
export const exitCodes = {
  success: 0,
  unexpected: 1,
  usage: 2,
  /** EX_DATAERR: the request is at fault. */
  data: 65,
  /** EX_UNAVAILABLE: no whole answer could be had; later, or from another model, it may. */
  unavailable: 69,
  /** EX_PROTOCOL: the server does not speak the API. */
  protocol: 76,
  /** EX_NOPERM: the key is missing, wrong, or may not do this. */
  permission: 77,
  /** EX_CONFIG */
  configuration: 78,
  /** 128 + the signal's number. */
  interrupt: 130,
  terminate: 143,
} as const;

/** The exit status for a provider's failure. */
export function exitCodeOf(code: ChatExceptionCode): number {
  switch (code) {
    case "invalid-request":
    case "context-overflow":
    case "content-filter":
    case "unsupported":
      return exitCodes.data;
    case "network":
    case "timeout":
    case "truncated":
    case "rate-limit":
    case "quota":
    case "unavailable":
    case "not-found":
      return exitCodes.unavailable;
    case "malformed":
      return exitCodes.protocol;
    case "authentication":
    case "permission":
      return exitCodes.permission;
  }
}
