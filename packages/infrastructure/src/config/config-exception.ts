import { withoutKeys } from "./key-shape.js";
import { type Origin, shownOrigin } from "./origin.js";
import { shownCause } from "./shown-cause.js";

/**
 * What is wrong with the configuration, for programs.
 *
 * - `unreadable`: a file cannot be read, is too large, or is not UTF-8
 * - `syntax`: a file is not TOML
 * - `unknown-key`: a setting that does not exist
 * - `invalid-value`: a setting of the wrong type or form
 * - `missing-value`: a setting that is needed and absent
 * - `unknown-provider`: a name without a `[providers.NAME]` table
 * - `unknown-type`: a provider type that is not registered
 * - `duplicate-type`: two factories of one type
 * - `circular`: a provider that would contain itself
 * - `literal-secret`: a key that stands in the file itself
 * - `secret`: a key's reference that leads to no key
 * - `plugin`: a plugin that cannot be loaded, brings no provider type, or does what a factory may not
 * - `untrusted`: a project file that is not trusted and sets more than such a file may, or a key that would go to a server it was not configured with
 */
export type ConfigExceptionCode =
  | "unreadable"
  | "syntax"
  | "unknown-key"
  | "invalid-value"
  | "missing-value"
  | "unknown-provider"
  | "unknown-type"
  | "duplicate-type"
  | "circular"
  | "literal-secret"
  | "secret"
  | "plugin"
  | "untrusted";

/** What a {@link ConfigException} knows beyond its code and its sentence. No field ever holds a setting's value. */
export interface ConfigExceptionDetails {
  readonly origin?: Origin;
  /** From 1; only for `syntax`. */
  readonly column?: number;
  /** The setting, with dots: `providers.work.model`. */
  readonly key?: string;
  /** What the setting should have been. */
  readonly expected?: string;
  /** The valid name that is spelt most like the wrong one. */
  readonly nearest?: string;
  /** The provider that the setting belongs to. */
  readonly provider?: string;
  /** The environment variable that is missing. */
  readonly variable?: string;
  /** What else is wrong with the same table. */
  readonly others?: readonly ConfigException[];
  readonly cause?: unknown;
}

const mark = Symbol.for("chatport.ConfigException");

/**
 * A mistake in the configuration. The message names its place first; act on `code`, not on the message.
 *
 * A name may be a key that somebody put in the wrong place (`--provider sk-...`, `[providers.sk-...]`), so that in the message, in every field and in the cause each word that
 * looks like a key is hidden, whoever throws.
 */
export class ConfigException extends Error {
  readonly code: ConfigExceptionCode;
  // `declare`: a plain field would be reset to undefined after the constructor below has set it.
  declare readonly origin?: Origin;
  /** The file as people write it, when a file is at fault. */
  declare readonly file?: string;
  /** From 1. */
  declare readonly line?: number;
  declare readonly column?: number;
  declare readonly key?: string;
  declare readonly expected?: string;
  declare readonly nearest?: string;
  declare readonly provider?: string;
  declare readonly variable?: string;
  /** What else is wrong with the same table. */
  declare readonly others?: readonly ConfigException[];

  constructor(code: ConfigExceptionCode, sentence: string, details: ConfigExceptionDetails = {}) {
    const { cause, ...known } = shownDetails(details);
    super(placed(withoutKeys(sentence), known), cause === undefined ? undefined : { cause });
    this.name = "ConfigException";
    this.code = code;
    const { origin } = known;
    const place = origin?.kind === "file" ? { file: origin.file, line: origin.line } : {};
    Object.assign(this, Object.fromEntries(Object.entries({ ...known, ...place }).filter(([, value]) => value !== undefined)));
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Whether a thrown value is a {@link ConfigException}: by its mark, so that two copies of this package in one program recognise each other's. */
export function isConfigException(error: unknown): error is ConfigException {
  return typeof error === "object" && error !== null && mark in error;
}

function shownDetails({ origin, column, others, cause, ...names }: ConfigExceptionDetails): ConfigExceptionDetails {
  const texts = Object.entries(names).flatMap(([field, text]) => (typeof text === "string" ? [[field, withoutKeys(text)] as const] : []));
  return {
    ...Object.fromEntries(texts),
    ...(origin !== undefined && { origin: shownOrigin(origin) }),
    ...(column !== undefined && { column }),
    ...(others !== undefined && { others }),
    cause: shownCause(cause),
  };
}

function placed(sentence: string, { origin, column, nearest }: ConfigExceptionDetails): string {
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const place = origin === undefined ? undefined : placeOf(origin, column);
  return place === undefined ? sentence + hint : `${place}: ${sentence}${hint}`;
}

/** `file:line:column` is what terminals and editors turn into a link. */
function placeOf(origin: Origin, column: number | undefined): string | undefined {
  switch (origin.kind) {
    case "file":
      return [origin.file, origin.line, column].filter((piece) => piece !== undefined).join(":");
    case "environment":
      return origin.variable;
    case "flag":
      return origin.flag;
    case "server":
      return origin.url;
    case "preset":
    case "default":
      return undefined;
  }
}
