import * as z from "zod/mini";

/** The types that come with Chatport, for the words of an error: which ones there are in the end is known where providers are registered. */
export const builtInTypes = ["openai", "openai-compatible", "guide"] as const;

const typeExpected = `Expected the provider's type, in quotes: one of ${builtInTypes.join(", ")}.`;

const settings = {
  provider: z.optional(z.string("Expected the name of a provider.")),
  providers: z.optional(
    z.record(
      z.string(),
      z.looseObject({ type: z.string(typeExpected) }, "Expected a table: [providers.NAME]."),
      "Expected tables: [providers.NAME].",
    ),
  ),
};

/** The settings outside of any table. */
export const topLevelKeys: readonly string[] = Object.keys(settings);

/** What a configuration file may hold. Each provider's table is judged further by the schema of its type's factory. */
export const configurationSchema = z.strictObject(settings, "Expected a table.");
