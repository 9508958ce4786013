import { fileURLToPath } from "node:url";
import { type TypedValue, typeComplaints } from "../support/type-complaints.js";
import { withoutFields } from "./fields-beyond-types.js";
import type { SwapVendor } from "./swap-vendor.js";

/** A body that is to be a request by the types of a vendor's npm client. */
export interface CheckedBody extends Pick<SwapVendor, "clientType" | "beyondType"> {
  /** Whose it is, for the complaints. */
  readonly name: string;
  readonly body: unknown;
}

const types = fileURLToPath(new URL("./client-request-types.ts", import.meta.url));
const imports = `import type { ClientRequestTypes } from ${JSON.stringify(types)};`;

/**
 * What the clients' types have against bodies, a list for each, such as `openai to ollama: messages[1].content: Type 'number' is not assignable to type 'string'.`
 * All bodies are checked in one run of the compiler, which takes a few seconds.
 */
export async function clientComplaints(bodies: readonly CheckedBody[]): Promise<readonly (readonly string[])[]> {
  const values = bodies.flatMap((body, owner) => valuesOf(body).map((value) => ({ ...value, owner })));
  const complaints = await typeComplaints(imports, values);
  return bodies.map(({ name }, owner) =>
    values.flatMap((value, index) => {
      if (value.owner !== owner) return [];
      return (complaints[index] ?? []).map(({ path, message }) => `${name}: ${fieldAt(value.at, path)}: ${message}`);
    }),
  );
}

interface PlacedValue extends TypedValue {
  /** Where in the body it stands; nothing for the body itself. */
  readonly at: string;
}

/** The body without what the type does not know, and that by itself. */
function valuesOf({ body, clientType, beyondType = [] }: CheckedBody): readonly PlacedValue[] {
  const { rest, taken } = withoutFields(body, beyondType);
  return [
    { type: `ClientRequestTypes[${JSON.stringify(clientType)}]`, value: rest, at: "" },
    ...taken.map(({ path, type, value }) => ({ type, value, at: path })),
  ];
}

function fieldAt(place: string, path: string): string {
  const separator = place === "" || path === "" || path.startsWith("[") ? "" : ".";
  return `${place}${separator}${path}` || "the body";
}
