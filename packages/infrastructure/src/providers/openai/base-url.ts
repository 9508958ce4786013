import type { BaseUrlForm } from "../../http/base-url.js";

/** OpenAI's own API. */
export const defaultBaseUrl = "https://api.openai.com/v1";

/** What a base URL of the Chat Completions API looks like. */
export const baseUrlForm: BaseUrlForm = { example: defaultBaseUrl, appendedPath: "/chat/completions" };
