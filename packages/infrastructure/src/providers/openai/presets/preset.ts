import type { Dialect } from "../dialect.js";

/** What is known of one server that speaks Chat Completions: data, so that a table need only name it. */
export interface Preset extends Dialect {
  readonly baseUrl: string;
  /** The environment variable that the vendor's own client reads its key from; absent where a server asks for none. */
  readonly keyVariable?: string;
  /** The model of a table that names none. Absent where the server has no model that is there for certain. */
  readonly model?: string;
  /** The page that says so. */
  readonly documentation: string;
}
