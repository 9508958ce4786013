/** What base URLs of one API look like. */
export interface BaseUrlForm {
  /** The API's own base URL, for messages. */
  readonly example: string;
  /** The path of its chat requests, which is often pasted along with the base URL. */
  readonly appendedPath: string;
}

/**
 * What is wrong with a base URL, as the end of a sentence that begins with its name; undefined when nothing is. Never repeats the URL: it may hold a password.
 */
export function baseUrlProblem(value: string, { example, appendedPath }: BaseUrlForm): string | undefined {
  // What a URL's parser mends (blanks, slashes that are missing) is a slip all the same, and the JSON Schema refuses it.
  if (URL.canParse(value) && /\s/u.test(value)) return "must not hold blanks or line breaks";
  if (!URL.canParse(value)) return `must be a whole URL, such as ${example}`;
  if (!/^https?:\/\//iu.test(value)) return "must begin with https:// or http://";
  const url = new URL(value);
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password; set apiKey instead";
  if (value.includes("?") || value.includes("#")) return "must not have a query (?) or a fragment (#)";
  if (withoutSlashes(url.pathname).endsWith(appendedPath)) return `must end before ${appendedPath}, which is appended to it`;
  return undefined;
}

/**
 * A base URL in the one form that paths are appended to: without slashes at its end.
 *
 * @throws {TypeError} when it is no http(s) URL, or holds credentials, a query or a fragment.
 */
export function normalizeBaseUrl(value: string, form: BaseUrlForm): string {
  const problem = baseUrlProblem(value, form);
  if (problem !== undefined) throw new TypeError(`The base URL ${problem}.`);
  const { origin, pathname } = new URL(value);
  return origin + withoutSlashes(pathname);
}

function withoutSlashes(path: string): string {
  return path.replace(/\/+$/u, "");
}
