import * as z from "zod/mini";

/** The types that come with Chatport, for the words of an error: which ones there are in the end is known where providers are registered. */
export const builtInTypes = [
  "openai",
  "openai-compatible",
  "azure-openai",
  "anthropic",
  "gemini",
  "ollama",
  "guide",
  "fallback",
  "routing",
  "tape",
] as const;

const typeExpected = `Expected the provider's type, in quotes: one of ${builtInTypes.join(", ")}.`;

const pluginsExpected = 'Expected a list of packages or paths, such as ["some-package", "./my-provider.js"].';
const pluginName = z.string(pluginsExpected).check(z.minLength(1, pluginsExpected));

const settings = {
  provider: z.optional(z.string("Expected the name of a provider.")),
  plugins: z.optional(
    z
      .array(pluginName, pluginsExpected)
      .check(z.refine((names) => new Set(names).size === names.length, "Expected every plugin once."))
      .register(z.globalRegistry, { uniqueItems: true }),
  ),
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
