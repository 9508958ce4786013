import * as z from "zod/mini";
import { type BaseUrlForm, baseUrlProblem, normalizeBaseUrl } from "./base-url.js";

// What the configuration tables of all providers over HTTP share. zod/mini carries no messages of its own, so every schema here says what it expects. What a check
// knows and zod cannot turn into JSON Schema is registered beside it, for the schema that editors use.

/** The message of a value that is not what it should be. */
export const expected = (what: string): string => `Expected ${what}.`;

/** Text that is not empty. */
export const wordField = (what: string) => z.string(expected(what)).check(z.minLength(1, expected(what)));

/** A model's id. @param example one that the API knows */
export const modelField = (example: string) => wordField(`the model's id, such as "${example}"`);

/** An integer of at least 1. */
export const countField = (what: string) => z.int(expected(what)).check(z.minimum(1, expected(what)));

/** One of these words; or the setting is left out. */
export const oneOfField = <const Words extends readonly string[]>(...words: Words) =>
  z.exactOptional(z.enum(words, expected(words.map((word) => JSON.stringify(word)).join(" or "))));

/** A base URL, which becomes the one form that paths are appended to. */
export function baseUrlField(form: BaseUrlForm) {
  return z.pipe(
    z
      .string(expected(`a URL, such as ${form.example}`))
      .check(
        z.check((context) => {
          const problem = baseUrlProblem(context.value, form);
          if (problem !== undefined) context.issues.push({ code: "custom", input: context.value, message: `The base URL ${problem}.` });
        }),
      )
      .register(z.globalRegistry, {
        pattern: "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]+(?:/[^?#\\s]*)?$",
        not: { pattern: `${form.appendedPath.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")}/*$` },
      }),
    z.transform((value: string) => (baseUrlProblem(value, form) === undefined ? normalizeBaseUrl(value, form) : value)),
  );
}

/** A table that knows its settings: it refuses others and names those there are. @param what as in "a table of limits" */
export function strictTable<Shape extends z.core.$ZodShape>(shape: Shape, what = "a table") {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `Unknown: ${issue.keys.join(", ")}. Known: ${Object.keys(shape).join(", ")}.` : expected(what),
  });
}

/** Further headers of every request. @param keyHeader the header that carries the key, which `apiKey` sets */
export function headersField(keyHeader: string) {
  return z
    .record(headerName, headerValue, expected("a table of header names and values"))
    .check(
      z.refine(
        (all) => !Object.keys(all).some((name) => name.toLowerCase() === keyHeader.toLowerCase()),
        `Set apiKey instead of the header ${keyHeader}.`,
      ),
    )
    .register(z.globalRegistry, {
      propertyNames: {
        pattern: headerNamePattern.source,
        not: { pattern: `^${keyHeader.replaceAll(/[a-z]/giu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)}$` },
      },
    });
}

const headerNamePattern = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const headerName = z.string().check(z.regex(headerNamePattern, expected("a header's name (RFC 9110, section 5.6.2)")));
const headerValue = z
  .string(expected("text as the header's value"))
  .check(z.regex(/^[^\r\n\0]*$/u, expected("one line as the header's value")));

/** A JSON array of strings, of which the first, the program, is not empty (RFC 8259, sections 5 and 7). The source of a regular expression, for JSON Schema as well. */
const character = String.raw`(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))`;
const commandPattern = String.raw`command:\s*\[\s*"${character}+"\s*(?:,\s*"${character}*"\s*)*\]\s*$`;

/** How a table refers to a secret that it does not hold itself. */
export const secretReferencePattern = new RegExp(`^(?:(?:env|file):.|${commandPattern})`, "u");

const apiKey = z
  .string(expected("a reference to the key, such as env:OPENAI_API_KEY"))
  .check(
    z.regex(
      secretReferencePattern,
      "Expected a reference to the key (env:NAME, file:PATH or command:[...]), not the key itself: files are copied and committed.",
    ),
  );

const positive = (what: string) =>
  z
    .custom<number>((value) => typeof value === "number" && value > 0, expected(`${what}, greater than 0; inf switches it off`))
    .register(z.globalRegistry, { type: "number", exclusiveMinimum: 0 });

/** Milliseconds of a deadline; or the setting is left out. */
export const millisecondsField = z.exactOptional(positive("milliseconds"));
const deadlines = strictTable(
  { headersMs: millisecondsField, firstTokenMs: millisecondsField, idleMs: millisecondsField, totalMs: millisecondsField },
  "a table of deadlines",
);

const bound = (unit: string) => z.exactOptional(positive(unit));
const limits = strictTable(
  {
    lineChars: bound("a number of characters"),
    eventChars: bound("a number of characters"),
    totalBytes: bound("a number of bytes"),
    decodedBytes: bound("a number of bytes"),
  },
  "a table of limits",
);

const wait = z.exactOptional(
  z
    .custom<number>((value) => typeof value === "number" && value >= 0, expected("milliseconds, 0 or more"))
    .register(z.globalRegistry, { type: "number", minimum: 0 }),
);
const retry = z.union(
  [
    z.literal(false),
    strictTable(
      {
        maxAttempts: z.exactOptional(countField("a whole number of attempts, 1 or more")),
        baseDelayMs: wait,
        maxDelayMs: wait,
        maxRetryAfterMs: wait,
        overallMs: millisecondsField,
      },
      "false, or a table of retry settings",
    ),
  ],
  {
    // What is wrong inside of the table says more than that it is not `false`.
    error: ({ code, input, errors }) =>
      code === "invalid_union" && typeof input === "object"
        ? (errors.at(-1) ?? []).map(({ path, message }) => [...path, message].join(": ")).join(" ")
        : expected("false, or a table of retry settings"),
  },
);

/**
 * What every provider over HTTP can be told about its connection; `baseUrl` and `model` are of each API's own form. An API whose key does not travel as
 * `Authorization` replaces `headers`: see {@link headersField}.
 */
export const connectionFields = {
  apiKey: z.exactOptional(apiKey),
  headers: z.exactOptional(headersField("Authorization")),
  deadlines: z.exactOptional(deadlines),
  limits: z.exactOptional(limits),
  retry: z.exactOptional(retry),
};
