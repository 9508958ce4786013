import { invalidRequest } from "../../http/request-checks.js";

/**
 * A model's resource name as a path: `models/` stands before a bare id, and `tunedModels/` stays (https://ai.google.dev/api/generate-content#path-parameters).
 *
 * @throws {RequestException} `invalid-request` for a name that would lead elsewhere.
 */
export function modelPath(model: string, provider: string): string {
  const name = /^(?:models|tunedModels)\//u.test(model) ? model : `models/${model}`;
  const segments = name.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw invalidRequest(provider, `model is ${JSON.stringify(model)}, which names no model.`);
  }
  return `/${segments.map(encodeURIComponent).join("/")}`;
}
