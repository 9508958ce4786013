import * as z from "zod/mini";
import { baseUrlProblem, normalizeBaseUrl } from "./base-url.js";

/** The model of an `openai` table that names none: small, cheap, and in OpenAI's API description (ModelIdsShared, version 2.3.0). */
export const defaultModel = "gpt-5-mini";

// zod/mini carries no messages of its own, so every schema here says what it expects.
const expected = (what: string) => `Expected ${what}.`;

const word = (what: string) => z.string(expected(what)).check(z.minLength(1, expected(what)));
const positive = (what: string) =>
  z.custom<number>((value) => typeof value === "number" && value > 0, expected(`${what}, greater than 0; inf switches it off`));
const whole = (what: string) => z.int(expected(what)).check(z.minimum(1, expected(what)));

const baseUrl = z.pipe(
  z.string(expected("a URL, such as https://api.openai.com/v1")).check(
    z.check((context) => {
      const problem = baseUrlProblem(context.value);
      if (problem !== undefined) context.issues.push({ code: "custom", input: context.value, message: `The base URL ${problem}.` });
    }),
  ),
  z.transform((value: string) => (baseUrlProblem(value) === undefined ? normalizeBaseUrl(value) : value)),
);

const apiKey = z
  .string(expected("a reference to the key, such as env:OPENAI_API_KEY"))
  .check(
    z.regex(
      /^(?:env|file|command):./u,
      "Expected a reference to the key (env:NAME, file:PATH or command:[...]), not the key itself: files are copied and committed.",
    ),
  );

const headerName = z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u, expected("a header's name (RFC 9110, section 5.6.2)")));
const headerValue = z
  .string(expected("text as the header's value"))
  .check(z.regex(/^[^\r\n\0]*$/u, expected("one line as the header's value")));
const headers = z
  .record(headerName, headerValue, expected("a table of header names and values"))
  .check(
    z.refine(
      (all) => !Object.keys(all).some((name) => name.toLowerCase() === "authorization"),
      "Set apiKey instead of an Authorization header.",
    ),
  );

const milliseconds = z.exactOptional(positive("milliseconds"));
const deadlines = strict(
  { headersMs: milliseconds, firstTokenMs: milliseconds, idleMs: milliseconds, totalMs: milliseconds },
  "a table of deadlines",
);

const bound = (unit: string) => z.exactOptional(positive(unit));
const limits = strict(
  {
    lineChars: bound("a number of characters"),
    eventChars: bound("a number of characters"),
    totalBytes: bound("a number of bytes"),
    decodedBytes: bound("a number of bytes"),
  },
  "a table of limits",
);

const wait = z.exactOptional(z.custom<number>((value) => typeof value === "number" && value >= 0, expected("milliseconds, 0 or more")));
const retry = z.union(
  [
    z.literal(false),
    strict(
      {
        maxAttempts: z.exactOptional(whole("a whole number of attempts, 1 or more")),
        baseDelayMs: wait,
        maxDelayMs: wait,
        maxRetryAfterMs: wait,
        overallMs: milliseconds,
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

const shared = {
  apiKey: z.exactOptional(apiKey),
  organization: z.exactOptional(word("the organisation's id")),
  project: z.exactOptional(word("the project's id")),
  headers: z.exactOptional(headers),
  deadlines: z.exactOptional(deadlines),
  limits: z.exactOptional(limits),
  systemRole: z.exactOptional(z.enum(["system", "developer"], expected('"system" or "developer"'))),
  streamUsage: z.exactOptional(z.boolean(expected("true or false"))),
  retry: z.exactOptional(retry),
};
const maxTokensField = z.enum(["max_completion_tokens", "max_tokens"], expected('"max_completion_tokens" or "max_tokens"'));
const model = word('the model\'s id, such as "gpt-5-mini"');

/** A `type = "openai"` table of the configuration. `model` defaults to {@link defaultModel}, `baseUrl` to OpenAI's own. */
export const openAIProviderSchema = strict(
  {
    type: z.exactOptional(z.literal("openai", expected('"openai"'))),
    model: z._default(model, defaultModel),
    baseUrl: z.exactOptional(baseUrl),
    maxTokensField: z.exactOptional(maxTokensField),
    ...shared,
  },
  "a table",
);

/**
 * A `type = "openai-compatible"` table: any other server that speaks OpenAI's Chat Completions. It must say where and which model; `maxTokensField` defaults to
 * `"max_tokens"`, which such servers know.
 */
export const openAICompatibleProviderSchema = strict(
  {
    type: z.exactOptional(z.literal("openai-compatible", expected('"openai-compatible"'))),
    model,
    baseUrl,
    maxTokensField: z._default(maxTokensField, "max_tokens"),
    ...shared,
  },
  "a table",
);

export type OpenAIProviderTable = z.infer<typeof openAIProviderSchema>;
export type OpenAICompatibleProviderTable = z.infer<typeof openAICompatibleProviderSchema>;

function strict<Shape extends z.core.$ZodShape>(shape: Shape, what: string) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `Unknown: ${issue.keys.join(", ")}. Known: ${Object.keys(shape).join(", ")}.` : expected(what),
  });
}
