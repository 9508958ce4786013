import * as z from "zod/mini";

/** What the guide may be told. */
export interface GuideConfig {
  /** The provider's name. Default `"guide"`. */
  readonly name?: string;
}

// zod/mini carries no messages of its own, so the schema says what it expects.
/** A `[providers.NAME]` table of type `guide`: it has no settings. */
export const guideProviderSchema = z.strictObject(
  { type: z.optional(z.literal("guide", 'Expected "guide".')) },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `Unknown: ${issue.keys.join(", ")}. The guide is no language model and has no settings, no model either.`
        : "Expected a table.",
  },
);

export type GuideProviderTable = z.infer<typeof guideProviderSchema>;
