import * as z from "zod/mini";
import { connectionFields, expected, headersField, oneOfField, strictTable, wordField } from "../../../http/provider-table.js";
import { fitsItsApi, fitsItsApiSchema } from "../provider-table.js";
import { apiVersionPattern } from "./azure-addressing.js";
import { bothCredentials, noCredentials } from "./azure-credentials.js";
import {
  azureEndpointProblem,
  azureEndpointSchema,
  exampleEndpoint,
  isOwnEndpoint,
  normalizeAzureEndpoint,
  ownEndpointPattern,
} from "./azure-endpoint.js";

const endpoint = z.pipe(
  z
    .string(expected(`the resource's address, such as "${exampleEndpoint}"`))
    .check(
      z.check((context) => {
        const problem = azureEndpointProblem(context.value);
        if (problem !== undefined) context.issues.push({ code: "custom", input: context.value, message: `The endpoint ${problem}.` });
      }),
    )
    .register(z.globalRegistry, azureEndpointSchema),
  z.transform((value: string) => (azureEndpointProblem(value) === undefined ? normalizeAzureEndpoint(value) : value)),
);

const versionExpected = expected(
  'a version such as "2024-10-21" or "2025-04-01-preview"; or "v1" or "preview" for the v1 API, which is spoken without one, too',
);

/** Neither the key's header nor the token's is set by hand. */
const headers = headersField("api-key")
  .check(
    z.refine(
      (all) => !Object.keys(all).some((name) => name.toLowerCase() === "authorization"),
      "Set token instead of the header Authorization.",
    ),
  )
  .register(z.globalRegistry, {
    allOf: [{ propertyNames: { not: { pattern: "^[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn]$" } } }],
  });

/**
 * A `type = "azure-openai"` table of the configuration. It has a key or a token; with neither, the key of `AZURE_OPENAI_API_KEY` goes to an endpoint of Azure's
 * own, and to no other.
 */
export const azureOpenAIProviderSchema = strictTable({
  type: z.exactOptional(z.literal("azure-openai", expected('"azure-openai"'))),
  endpoint,
  model: wordField('the deployment\'s name, such as "my-gpt-5-mini"'),
  apiVersion: z.exactOptional(z.string(versionExpected).check(z.regex(new RegExp(apiVersionPattern, "u"), versionExpected))),
  ...connectionFields,
  token: connectionFields.apiKey,
  headers: z.exactOptional(headers),
  api: oneOfField("chat-completions", "responses"),
  encryptedReasoning: z.exactOptional(z.boolean(expected("true or false"))),
  maxTokensField: oneOfField("max_completion_tokens", "max_tokens"),
  systemRole: oneOfField("system", "developer"),
  streamUsage: z.exactOptional(z.boolean(expected("true or false"))),
})
  .check(
    z.check((context) => {
      const { apiKey, token, endpoint: address } = context.value;
      if (apiKey !== undefined && token !== undefined) {
        context.issues.push({ code: "custom", input: context.value, path: ["token"], message: bothCredentials });
      } else if (apiKey === undefined && token === undefined && !isOwnEndpoint(address)) {
        context.issues.push({ code: "custom", input: context.value, path: ["apiKey"], message: noCredentials });
      }
    }),
    fitsItsApi,
  )
  .register(z.globalRegistry, {
    allOf: [fitsItsApiSchema],
    not: { required: ["apiKey", "token"] },
    anyOf: [{ required: ["apiKey"] }, { required: ["token"] }, { properties: { endpoint: { pattern: ownEndpointPattern } } }],
  });

export type AzureOpenAIProviderTable = z.infer<typeof azureOpenAIProviderSchema>;
