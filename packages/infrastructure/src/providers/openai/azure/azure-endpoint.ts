/** An endpoint as Azure's portal shows it, for messages. */
export const exampleEndpoint = "https://my-resource.openai.azure.com";

/**
 * The domains that resources of Azure OpenAI and of Foundry live under, in the public cloud and in Azure Government: the public names beside the zones that
 * https://learn.microsoft.com/azure/private-link/private-endpoint-dns lists for `Microsoft.CognitiveServices/accounts`. Whoever has a name under one of them
 * has a resource of Azure's.
 */
const ownDomains = "(?:openai|cognitiveservices|services\\.ai)\\.azure\\.com|(?:openai|cognitiveservices)\\.azure\\.us";

/** The endpoints that get the usual key unasked: Azure's own, over TLS. The source of a regular expression, for JSON Schema as well. */
export const ownEndpointPattern = `^[Hh][Tt][Tt][Pp][Ss]://[A-Za-z0-9-]+\\.(?:${ownDomains})(?::443)?/*$`;

/** What {@link azureEndpointProblem} accepts, as JSON Schema. */
export const azureEndpointSchema = {
  pattern: "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]+(?:/[^?#\\s]*)?$",
  not: { pattern: `/openai(?:/|$)|/(?:chat/completions|responses)/*$|://[^/]*\\.(?:${ownDomains})(?::\\d+)?/+[^/]` },
};

/** Whether an endpoint is Azure's own. */
export function isOwnEndpoint(endpoint: string): boolean {
  return new RegExp(ownEndpointPattern, "u").test(endpoint);
}

/**
 * What is wrong with an endpoint, as the end of a sentence that begins with its name; undefined when nothing is. The portal's "Target URI", which has the path,
 * the deployment and the version in it, is told apart into the settings to write. Of the given text nothing else is repeated: it may hold a key.
 */
export function azureEndpointProblem(value: string): string | undefined {
  if (!URL.canParse(value)) return `must be a whole URL, such as ${exampleEndpoint}`;
  const url = new URL(value);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https:// or http://";
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password; set apiKey or token instead";
  if (isTargetUri(url)) return `is the resource's address alone: write ${settingsIn(url).join(", ")}`;
  if (value.includes("?") || value.includes("#")) return "must not have a query (?) or a fragment (#)";
  return undefined;
}

/**
 * An endpoint in the one form that paths are appended to: without slashes at its end. A gateway's may have a path.
 *
 * @throws {TypeError} when it is none.
 */
export function normalizeAzureEndpoint(value: string): string {
  const problem = azureEndpointProblem(value);
  if (problem !== undefined) throw new TypeError(`The endpoint ${problem}.`);
  const { origin, pathname } = new URL(value);
  return origin + pathname.replace(/\/+$/u, "");
}

const ownHost = new RegExp(`\\.(?:${ownDomains})$`, "u");

function isTargetUri({ hostname, pathname }: URL): boolean {
  return /\/openai(?:\/|$)|\/(?:chat\/completions|responses)\/*$/u.test(pathname) || (ownHost.test(hostname) && /[^/]/u.test(pathname));
}

function settingsIn({ hostname, origin, pathname, searchParams }: URL): readonly string[] {
  const isWhole = ownHost.test(hostname) || /^\/+openai(?:\/|$)/u.test(pathname);
  const deployment = /\/deployments\/([\w.-]{1,64})(?:\/|$)/u.exec(pathname)?.[1];
  const version = searchParams.get("api-version") ?? "";
  return [
    isWhole ? `endpoint = "${origin}"` : `as endpoint what stands before /openai, as in ${exampleEndpoint}`,
    ...(deployment === undefined ? [] : [`model = "${deployment}"`]),
    ...(/^\d{4}-\d{2}-\d{2}(?:-preview)?$/u.test(version) ? [`apiVersion = "${version}"`] : []),
  ];
}
