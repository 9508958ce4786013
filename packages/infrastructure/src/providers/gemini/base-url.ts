import type { BaseUrlForm } from "../../http/base-url.js";

/** Google's own API, at the version that has every field used here (https://ai.google.dev/gemini-api/docs/api-versions). */
export const defaultBaseUrl = "https://generativelanguage.googleapis.com/v1beta";

export const baseUrlForm: BaseUrlForm = { example: defaultBaseUrl, appendedPath: ":streamGenerateContent" };
