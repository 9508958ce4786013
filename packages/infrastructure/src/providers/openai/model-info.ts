import type { ModelInfo } from "@chatport/domain";
import type { Model } from "./models.js";

/** A model of `GET /models` in the port's terms. */
export function toModelInfo({ id, created, owned_by: ownedBy }: Model): ModelInfo {
  return { id, ...(typeof created === "number" && { createdAt: created }), ...(typeof ownedBy === "string" && { ownedBy }) };
}
