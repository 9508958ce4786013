import { type BaseUrlForm, normalizeBaseUrl } from "../../http/base-url.js";

/** An Ollama on this machine. */
export const defaultBaseUrl = "http://127.0.0.1:11434";

/** What a base URL of Ollama looks like. */
export const baseUrlForm: BaseUrlForm = { example: defaultBaseUrl, appendedPath: "/api/chat" };

/**
 * Where the server is, without a slash at its end. Ollama's documentation gives base URLs with `/api` at their end (https://docs.ollama.com/api/introduction) and
 * its clients take them without; both are understood.
 *
 * @throws {TypeError} when it is no http(s) URL, or holds credentials, a query or a fragment.
 */
export function serverUrl(baseUrl: string = defaultBaseUrl): string {
  return normalizeBaseUrl(baseUrl, baseUrlForm).replace(/\/api$/u, "");
}
