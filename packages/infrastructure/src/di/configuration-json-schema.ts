import type { JsonObject } from "@chatport/domain";
import { configurationSchema } from "../config/configuration-schema.js";
import { isTable } from "../config/config-table.js";
import { jsonSchemaOf } from "../config/schema-keys.js";
import type { ProviderRegistry } from "./provider-registry.js";

/**
 * The JSON Schema (2020-12) of a whole `chatport.toml`, for editors: made from the schemas that judge it. A provider's table is judged by the schema of its type;
 * a type whose factory's library cannot say what it allows is free. What hangs on names elsewhere in the file (which providers there
 * are, whether a routing's `default` is one of its own) is not in it.
 */
export function configurationJsonSchema(registry: ProviderRegistry): JsonObject {
  const { provider, plugins } = propertiesOf(jsonSchemaOf(configurationSchema));
  const types = registry.types.map((type): JsonObject => {
    const { $schema: _dialect, ...schema } = asJson(jsonSchemaOf(registry.factory(type)?.configSchema));
    return { properties: { type: { const: type } }, required: ["type"], allOf: [asResource(schema, type)] };
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Chatport configuration",
    type: "object",
    properties: {
      ...(provider !== undefined && { provider: { ...asJson(provider), description: "The name of the provider that answers." } }),
      ...(plugins !== undefined && { plugins: { ...asJson(plugins), description: "Packages that bring provider types." } }),
      providers: {
        type: "object",
        description: "The providers by name, each a table [providers.NAME].",
        additionalProperties: { type: "object", properties: { type: { enum: registry.types } }, required: ["type"], oneOf: types },
      },
    },
    additionalProperties: false,
  };
}

/** A schema whose references to places within itself (`#/$defs/...`) still lead there when it stands in another one (JSON Schema 2020-12, section 8.2.1). */
function asResource(schema: JsonObject, type: string): JsonObject {
  const refersToItself = JSON.stringify(schema).includes('"$ref":"#');
  return refersToItself && schema["$id"] === undefined ? { $id: `urn:chatport:provider:${encodeURIComponent(type)}`, ...schema } : schema;
}

function propertiesOf(schema: unknown): JsonObject {
  return isTable(schema) ? asJson(schema["properties"]) : {};
}

/** A value as the JSON that it becomes; a schema that is none allows everything. */
function asJson(value: unknown): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(value ?? {}));
  return isObject(json) ? json : {};
}

function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
