import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

interface SchemaNode {
  readonly $ref?: string;
  readonly allOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

// github.com/openai/openai-openapi@f85dbe223d40 (MIT), JSON Schema closure of the Chat Completions types; the file's $comment tells how it was made.
const document: { readonly $id: string; readonly $defs: Readonly<Record<string, SchemaNode>> } = JSON.parse(
  readFileSync(new URL("../../fixtures/openai-schemas.json", import.meta.url), "utf8"),
);

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document);

/** What OpenAI's own schema of a type has against a value; empty when nothing. The value is judged as it goes over the wire. */
export function openAIComplaints(type: string, value: unknown): readonly string[] {
  const validate = ajv.getSchema(`${document.$id}#/$defs/${type}`);
  if (validate === undefined) throw new Error(`OpenAI's description has no type ${type}.`);
  return validate(JSON.parse(JSON.stringify(value))) === true ? [] : (validate.errors ?? []).map((error) => ajv.errorsText([error]));
}

/** The properties that OpenAI documents for a type, its `allOf` included. */
export function openAIProperties(type: string): readonly string[] {
  const own = ({ $ref, allOf = [], properties = {} }: SchemaNode): readonly string[] => [
    ...($ref === undefined ? [] : openAIProperties($ref.replace("#/$defs/", ""))),
    ...allOf.flatMap(own),
    ...Object.keys(properties),
  ];
  return [...new Set(own(document.$defs[type] ?? {}))];
}
