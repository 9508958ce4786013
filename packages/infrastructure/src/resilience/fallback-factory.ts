import type { ProviderFactory } from "@chatport/domain";
import * as z from "zod/mini";
import { expected, millisecondsField, strictTable } from "../http/provider-table.js";
import { codeField } from "./code-field.js";
import { groupFields } from "./group-fields.js";
import { withFallback } from "./with-fallback.js";

const tableSchema = strictTable({
  type: z.exactOptional(z.literal("fallback", expected('"fallback"'))),
  ...groupFields,
  on: z.exactOptional(z.array(codeField, expected("a list of error codes"))),
  overallMs: millisecondsField,
});

export type FallbackTable = z.infer<typeof tableSchema>;

/** `type = "fallback"`: the first of `providers` that answers. Settings: see `FallbackOptions`. */
export const fallbackProviderFactory: ProviderFactory<FallbackTable> = {
  type: "fallback",
  configSchema: tableSchema,
  create({ providers, model, on, overallMs }, dependencies) {
    return withFallback(
      providers.map((member) => dependencies.provider(member)),
      {
        name: dependencies.name,
        ...(model !== undefined && { model }),
        ...(on !== undefined && { on }),
        ...(overallMs !== undefined && { overallMs }),
      },
    );
  },
};
