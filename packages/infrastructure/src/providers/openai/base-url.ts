/**
 * What is wrong with a base URL, as the end of a sentence that begins with its name; undefined when nothing is. Never repeats the URL: it may hold a password.
 */
export function baseUrlProblem(value: string): string | undefined {
  if (!URL.canParse(value)) return "must be a whole URL, such as https://api.openai.com/v1";
  const url = new URL(value);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https:// or http://";
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password; set apiKey instead";
  if (value.includes("?") || value.includes("#")) return "must not have a query (?) or a fragment (#)";
  if (/\/chat\/completions\/*$/u.test(url.pathname)) return "must end before /chat/completions, which is appended to it";
  return undefined;
}

/**
 * A base URL in the one form that paths are appended to: without slashes at its end.
 *
 * @throws {TypeError} when it is no http(s) URL, or holds credentials, a query or a fragment.
 */
export function normalizeBaseUrl(value: string): string {
  const problem = baseUrlProblem(value);
  if (problem !== undefined) throw new TypeError(`The base URL ${problem}.`);
  const { origin, pathname } = new URL(value);
  return origin + pathname.replace(/\/+$/u, "");
}
