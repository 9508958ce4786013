import * as z from "zod/mini";
import { exceptionCodes } from "../http/chat-exception-of.js";
import { expected } from "../http/provider-table.js";

/** A `ChatExceptionCode` in a table. */
export const codeField = z.enum(exceptionCodes, expected(`one of ${Object.keys(exceptionCodes).join(", ")}`));
