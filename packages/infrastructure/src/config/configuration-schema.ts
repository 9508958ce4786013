import * as z from "zod/mini";

/** What a configuration file may hold. Each provider's table is judged further by the schema of its type's factory. */
export const configurationSchema = z.strictObject(
  {
    provider: z.optional(z.string("Expected the name of a provider.")),
    providers: z.optional(
      z.record(
        z.string(),
        z.looseObject({ type: z.string("Expected the provider's type, in quotes.") }, "Expected a table: [providers.NAME]."),
        "Expected tables: [providers.NAME].",
      ),
    ),
  },
  "Expected a table.",
);
