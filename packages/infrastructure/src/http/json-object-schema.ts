import type { JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { isJsonObject } from "./json.js";

/** An object of any content, kept as it is. Its values are not walked: what comes out of `JSON.parse` is JSON already, and what goes in is typed. */
export const jsonObjectSchema = z.custom<JsonObject>(isJsonObject, "Expected an object");
