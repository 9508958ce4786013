import { RequestException } from "@chatport/domain";
import { normalizeAzureEndpoint } from "./azure-endpoint.js";

/** Where a resource of Azure serves OpenAI's APIs. */
export interface AzureAddress {
  /** What every path begins with. */
  readonly baseUrl: string;
  /** What stands behind it for a path of the API. @throws {RequestException} `invalid-request` for a deployment's name that no path may have. */
  readonly locate: (path: string, model: string | undefined) => string;
}

/** A version of the dated API, such as `2024-10-21`; or, by the word, of the v1 API. As the source of a regular expression. */
export const apiVersionPattern = "^(?:\\d{4}-\\d{2}-\\d{2}(?:-preview)?|v1|preview)$";

/**
 * The addresses of Azure's API. Without a version, or with `v1` or `preview`, that is the v1 API, whose paths are OpenAI's own
 * (https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle). A dated version has the deployment in the path of chat completions, and not of
 * responses and models, as `AzureOpenAI` of npm `openai` (7.57.0) sends them.
 *
 * @throws {TypeError} for an endpoint or a version that is none.
 */
export function azureAddress(endpoint: string, apiVersion: string | undefined, provider: string): AzureAddress {
  const base = `${normalizeAzureEndpoint(endpoint)}/openai`;
  if (apiVersion === undefined) return { baseUrl: `${base}/v1`, locate: (path) => path };
  if (!new RegExp(apiVersionPattern, "u").test(apiVersion)) {
    throw new TypeError('The apiVersion must be one such as "2024-10-21", or "v1" or "preview"; without it the v1 API is spoken.');
  }
  const query = `?api-version=${apiVersion}`;
  if (!/^\d/u.test(apiVersion)) return { baseUrl: `${base}/v1`, locate: (path) => path + query };
  return {
    baseUrl: base,
    locate: (path, model = "") =>
      path === "/chat/completions" ? `/deployments/${pathSegment(model, provider)}${path}${query}` : path + query,
  };
}

/** One segment of a path, and never more: a model's name may come from a project's file that nobody has trusted. */
function pathSegment(deployment: string, provider: string): string {
  // URLs read these, encoded too, as steps to another path.
  if (/^(?:\.|%2e){0,2}$/iu.test(deployment) || /\p{Surrogate}/u.test(deployment)) {
    throw new RequestException("invalid-request", "The model is no deployment's name.", { provider });
  }
  return deployment.replaceAll(/[^A-Za-z0-9\-._~!$&'()*+,;=:@]+/gu, encodeURIComponent);
}
