import type { StandardIssue, StandardResult, StandardSchemaV1 } from "@chatport/domain";
import { isConfigException } from "../config/config-exception.js";
import { jsonSchemaOf } from "../config/schema-keys.js";
import { dropPromise } from "./drop-promise.js";
import type { FactoryFailure } from "./factory-failure.js";

/** The same schema, which judges at once, throws nothing but what `failure` makes, and can be shown as JSON Schema as far as the schema itself can. */
export function guardedSchema(schema: StandardSchemaV1, failure: FactoryFailure): StandardSchemaV1 {
  const judge = (value: unknown): StandardResult<unknown> => {
    const result = judged(schema, value, failure);
    if (isResult(result)) return result;
    if (dropPromise(result)) throw failure("its configSchema judges asynchronously, and a configuration is judged at once");
    throw failure("its configSchema gives no result of a Standard Schema (https://standardschema.dev)");
  };
  const standard = {
    version: 1,
    vendor: "chatport",
    validate: judge,
    jsonSchema: { input: () => asJson(jsonSchemaOf(schema)) },
  } as const;
  return { "~standard": standard };
}

function judged(schema: StandardSchemaV1, value: unknown, failure: FactoryFailure): unknown {
  try {
    return schema["~standard"].validate(value);
  } catch (error) {
    throw isConfigException(error) ? error : failure("its configSchema threw", { error });
  }
}

function isResult(result: unknown): result is StandardResult<unknown> {
  if (typeof result !== "object" || result === null) return false;
  const issues: unknown = Reflect.get(result, "issues");
  if (issues === undefined) return "value" in result;
  return Array.isArray(issues) && issues.length > 0 && issues.every(isIssue);
}

function isIssue(issue: unknown): issue is StandardIssue {
  if (typeof issue !== "object" || issue === null || typeof Reflect.get(issue, "message") !== "string") return false;
  const path: unknown = Reflect.get(issue, "path");
  return path === undefined || (Array.isArray(path) && path.every(isStep));
}

function isStep(step: unknown): boolean {
  const key: unknown = typeof step === "object" && step !== null ? Reflect.get(step, "key") : step;
  return typeof key === "string" || typeof key === "number" || typeof key === "symbol";
}

/** A schema that is no JSON (it goes round in a circle) tells nothing. */
function asJson(schema: unknown): unknown {
  try {
    const text: unknown = JSON.stringify(schema);
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
