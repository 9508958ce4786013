import type { ChatRequest } from "@chatport/domain";
import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { invalidRequest, unsupported } from "./request-checks.js";

/**
 * Reads one vendor's `providerOptions`; those of others are not looked at. An unknown name is refused, so that a typing error is not taken for a setting: the
 * schema is a strict object, and has an `extraBody` for what it does not know.
 *
 * @returns undefined where the request has none of the vendor's
 * @throws {RequestException} `unsupported` for a name that is not known, `invalid-request` for a value of the wrong kind.
 */
export function readProviderOptions<Shape extends z.core.$ZodShape>(
  options: ChatRequest["providerOptions"],
  vendor: string,
  schema: z.ZodMiniObject<Shape, z.core.$strict>,
  provider: string,
): z.infer<z.ZodMiniObject<Shape, z.core.$strict>> | undefined {
  const given = options?.[vendor];
  if (given === undefined) return undefined;
  const read = z.safeParse(schema, given, { error: en().localeError });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = ["providerOptions", vendor, ...(issue?.path ?? [])].map(String).join(".");
  if (issue?.code !== "unrecognized_keys") throw invalidRequest(provider, `${place}: ${issue?.message ?? "invalid"}.`);
  if (issue.path.length > 0) throw invalidRequest(provider, `${place} has no field ${issue.keys.join(", ")}.`);
  throw unsupported(provider, unknownName(place, issue.keys[0] ?? "", Object.keys(schema.shape)));
}

/** The names of settings as most APIs write them: `topLogprobs` becomes `top_logprobs`. */
export function withSnakeCaseNames(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const wireName = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(options).map(([name, value]): [string, unknown] => [wireName(name), value]));
}

function unknownName(place: string, name: string, known: readonly string[]): string {
  const nearest = known.find((candidate) => comparable(candidate) === comparable(name));
  const advice = nearest === undefined ? `Known: ${known.join(", ")}.` : `Did you mean ${nearest}?`;
  return `${place}.${name} is not known. ${advice} What else your server takes goes in ${place}.extraBody.`;
}

/** Spelling does not matter: top_k, topK and TopK. */
function comparable(name: string): string {
  return name.replaceAll(/[^a-z0-9]/giu, "").toLowerCase();
}
