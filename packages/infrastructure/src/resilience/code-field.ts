import type { ChatExceptionCode } from "@chatport/domain";
import * as z from "zod/mini";
import { expected } from "../http/provider-table.js";

// A record, so that the compiler misses a code that is left out.
const codes: Readonly<Record<ChatExceptionCode, ChatExceptionCode>> = {
  authentication: "authentication",
  permission: "permission",
  "rate-limit": "rate-limit",
  quota: "quota",
  network: "network",
  timeout: "timeout",
  truncated: "truncated",
  malformed: "malformed",
  "invalid-request": "invalid-request",
  "context-overflow": "context-overflow",
  "not-found": "not-found",
  "content-filter": "content-filter",
  unsupported: "unsupported",
  unavailable: "unavailable",
};

/** A `ChatExceptionCode` in a table. */
export const codeField = z.enum(codes, expected(`one of ${Object.keys(codes).join(", ")}`));
