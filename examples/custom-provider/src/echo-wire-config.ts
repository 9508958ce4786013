import type { Secret } from "@chatport/domain";
import { baseUrlField, connectionFields, modelField, strictTable } from "@chatport/infrastructure/http";
import * as z from "zod/mini";

/** A `type = "echo-wire"` table of `chatport.toml`: `baseUrl`, `model` (default `"echo-1"`), and what every provider over HTTP can be told. */
export const echoWireTable = strictTable({
  type: z.literal("echo-wire"),
  baseUrl: baseUrlField({ example: "https://echo.example/v1", appendedPath: "/speak" }),
  model: z._default(modelField("echo-1"), "echo-1"),
  ...connectionFields,
});

export type EchoWireTable = z.infer<typeof echoWireTable>;

/** What an Echo Wire provider is made from. */
export interface EchoWireConfig extends Pick<EchoWireTable, "baseUrl" | "model" | "headers" | "deadlines" | "limits"> {
  /** The provider's name in events and exceptions. */
  readonly name: string;
  /** Sent as `Authorization: Bearer`, to the base URL's origin alone. Default: no such header. */
  readonly apiKey?: Secret;
}
