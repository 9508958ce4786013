import type { StandardIssue, StandardSchemaV1 } from "@chatport/domain";
import { ConfigException } from "./config-exception.js";
import { isTable } from "./config-table.js";
import { dotted } from "./dotted.js";
import { hidden } from "./key-shape.js";
import { asOne, type Mistakes } from "./mistakes.js";
import { nearestName } from "../names/nearest-name.js";
import type { Origin } from "./origin.js";
import { otherName } from "./other-name.js";
import { keysOf } from "./schema-keys.js";

/** What is validated, for the words of an error. */
export interface ValidationContext {
  /** Where a setting was written, by its path below the value. */
  readonly originOf: (path: readonly (string | number)[]) => Origin;
  /** The value's own path in the configuration, such as `["providers", "work"]`. Default: the whole configuration. */
  readonly path?: readonly string[];
  /** The provider that the value belongs to. */
  readonly provider?: string;
}

/** The value as its schema gives it back, or what is wrong with it. */
export type Judgement<Output> =
  | { readonly value: Output; readonly mistakes?: never }
  | { readonly value?: never; readonly mistakes: Mistakes };

/**
 * The value as its schema gives it back.
 *
 * @throws {ConfigException} `unknown-key`, `missing-value` or `invalid-value`, for the first issue, with the `others`. The value itself is never repeated: it may be a key.
 */
export function validate<Output>(schema: StandardSchemaV1<unknown, Output>, value: unknown, context: ValidationContext): Output {
  const judgement = judge(schema, value, context);
  if (judgement.mistakes !== undefined) throw asOne(judgement.mistakes);
  return judgement.value;
}

/** More than one reads. Each costs a search for its line and its nearest name, and a file that nobody trusts may have a hundred thousand. */
const maximumMistakes = 100;

/** The same for who knows better words for some mistakes, or more mistakes than the schema does. Beyond a hundred, the others are left out. */
export function judge<Output>(schema: StandardSchemaV1<unknown, Output>, value: unknown, context: ValidationContext): Judgement<Output> {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("A configuration schema must validate synchronously.");
  if (result.issues === undefined) return { value: result.value };
  const issues = result.issues.flatMap(oneByOne);
  const first = mostTelling(issues, value);
  if (first === undefined) throw new TypeError("A configuration schema failed without an issue.");
  const others = issues.filter((issue) => issue !== first).slice(0, maximumMistakes - 1);
  const exception = (issue: StandardIssue): ConfigException => exceptionFor(issue, schema, value, context);
  return { mistakes: [exception(first), ...others.map(exception)] };
}

function exceptionFor(issue: StandardIssue, schema: StandardSchemaV1, value: unknown, context: ValidationContext): ConfigException {
  const path = pathOf(issue);
  const [unknown] = unknownKeysOf(issue);
  if (unknown !== undefined) return unknownKey([...path, unknown], keysOf(schema, path), context);
  const nearest = nearestOf(issue, value, path);
  const details = { ...detailsOf(path, context, expectedOf(issue)), ...(nearest === undefined ? {} : { nearest }) };
  const words = withoutValue(sentence(issue), valueAt(value, path));
  const name = `"${details.key}"`;
  const wrongName = nameIssueOf(issue);
  if (wrongName !== undefined)
    return new ConfigException("invalid-value", `${name} has a name that does not fit.${sentence(wrongName)}`, details);
  if (isMissing(issue, value)) {
    return new ConfigException("missing-value", `${name} is missing.${words}`, details);
  }
  return new ConfigException("invalid-value", `${name} has a value that does not fit.${words}`, details);
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[] | undefined, context: ValidationContext): ConfigException {
  const wrong = String(path.at(-1));
  const table = dotted([...(context.path ?? []), ...path.slice(0, -1)]);
  const nearest = nearestName(wrong, known ?? []) ?? otherName(wrong, known ?? []);
  const place = table === "" ? "at the top of the configuration" : `in [${table}]`;
  const choice = known === undefined || nearest !== undefined ? "" : ` There is ${known.join(", ")}.`;
  return new ConfigException("unknown-key", `There is no setting "${wrong}" ${place}.${choice}`, {
    ...detailsOf(path, context, known === undefined ? undefined : `one of ${known.join(", ")}`),
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function detailsOf(path: readonly PropertyKey[], context: ValidationContext, expected: string | undefined) {
  return {
    origin: context.originOf(path.map((step) => (typeof step === "number" ? step : String(step)))),
    key: dotted([...(context.path ?? []), ...path]),
    ...(context.provider === undefined ? {} : { provider: context.provider }),
    ...(expected === undefined ? {} : { expected }),
  };
}

/** zod tells all unknown keys of a table in one issue. */
function oneByOne(issue: StandardIssue): readonly StandardIssue[] {
  const keys = unknownKeysOf(issue);
  return keys.length > 1 ? keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

/** The first issue; where a setting is missing, what stands in the same table by a name that there is not: often that is the missing one, and it has a line of its own. */
function mostTelling(issues: readonly StandardIssue[], value: unknown): StandardIssue | undefined {
  const [first] = issues;
  if (first === undefined || !isMissing(first, value)) return first;
  const place = dotted(pathOf(first).slice(0, -1));
  return issues.find((issue) => unknownKeysOf(issue).length > 0 && dotted(pathOf(issue)) === place) ?? first;
}

function pathOf({ path = [] }: StandardIssue): readonly PropertyKey[] {
  return path.map((step) => (typeof step === "object" ? step.key : step));
}

function isMissing(issue: StandardIssue, value: unknown): boolean {
  const path = pathOf(issue);
  return path.length > 0 && valueAt(value, path) === undefined;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = isTable(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined;
  }
  return at;
}

/** Of the values that a setting may have, the one that is spelt most like the one it has. */
function nearestOf(issue: StandardIssue, value: unknown, path: readonly PropertyKey[]): string | undefined {
  const wrong = valueAt(value, path);
  const allowed = "values" in issue && Array.isArray(issue.values) ? issue.values.filter((item) => typeof item === "string") : [];
  return typeof wrong === "string" ? nearestName(wrong, allowed) : undefined;
}

/** The words of a schema that quotes what it was given, as those of some libraries do (`received "sk-..."`), without the value: it may be a key. */
function withoutValue(words: string, value: unknown): string {
  const texts = textsIn(value).flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  // What is shorter is no key, and would tear other words out.
  const long = [...new Set(texts)].filter((text) => text.length >= 4).toSorted((one, other) => other.length - one.length);
  return long.reduce((left, text) => left.replaceAll(wholly(text), hidden), words);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A text where it is no part of a longer word. */
function wholly(text: string): RegExp {
  return new RegExp(`(?<![\\w-])${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\w-])`, "gu");
}

/** zod's issue for unknown keys; other libraries have none in common. */
function unknownKeysOf(issue: StandardIssue): readonly string[] {
  return "keys" in issue && Array.isArray(issue.keys) ? issue.keys.filter((key) => typeof key === "string") : [];
}

/** zod's issue for a name in a table of free names, such as headers: what is wrong with the name stands inside. */
function nameIssueOf(issue: StandardIssue): StandardIssue | undefined {
  if (!("code" in issue) || issue.code !== "invalid_key") return undefined;
  const inner = "issues" in issue && Array.isArray(issue.issues) ? issue.issues.find(isIssue) : undefined;
  return inner ?? issue;
}

function isIssue(value: unknown): value is StandardIssue {
  return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string";
}

function expectedOf(issue: StandardIssue): string | undefined {
  if ("values" in issue && Array.isArray(issue.values)) return issue.values.map((value) => JSON.stringify(value)).join(" or ");
  return "expected" in issue && typeof issue.expected === "string" ? issue.expected : undefined;
}

/** The schema's own words; zod/mini says "Invalid input" where its author wrote none. */
function sentence(issue: StandardIssue): string {
  if (issue.message !== "Invalid input") return ` ${issue.message}`;
  const expected = expectedOf(issue);
  return expected === undefined ? "" : ` Expected ${expected}.`;
}
