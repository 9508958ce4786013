import * as z from "zod/mini";
import { connectionFields, expected, wordField } from "../http/provider-table.js";

/** The providers that a table combines: names of other tables, each once. */
const providers = z
  .array(wordField("the name of a configured provider"), expected("a list of names of configured providers"))
  .check(
    z.minLength(1, expected("at least one name of a configured provider")),
    z.refine((names) => new Set(names).size === names.length, expected("every name once")),
  )
  .register(z.globalRegistry, { uniqueItems: true });

/** What the tables of providers that combine others share. */
export const groupFields = {
  providers,
  /** `name/model`, or a model of the first (the default) provider. */
  model: z.exactOptional(wordField('a model\'s id, such as "openai/gpt-5-mini"')),
  /** Off unless asked for: the combined providers retry by themselves, and attempts would multiply. */
  retry: z._default(connectionFields.retry, false),
};
