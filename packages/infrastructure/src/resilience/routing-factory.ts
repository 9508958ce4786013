import type { ProviderFactory } from "@chatport/domain";
import * as z from "zod/mini";
import { expected, strictTable, wordField } from "../http/provider-table.js";
import { groupFields } from "./group-fields.js";
import { withRouting } from "./with-routing.js";

const fields = {
  type: z.exactOptional(z.literal("routing", expected('"routing"'))),
  ...groupFields,
  default: z.exactOptional(wordField("the name of one of the providers")),
};
const tableSchema = strictTable(fields).check(
  z.check(({ value, issues }) => {
    if (value.default === undefined || value.providers.includes(value.default)) return;
    const { default: input, providers: values } = value;
    issues.push({ code: "invalid_value", input, values, path: ["default"], message: expected(`one of ${values.join(", ")}`) });
  }),
);

export type RoutingTable = z.infer<typeof tableSchema>;

/** `type = "routing"`: `name/model` reaches the one of `providers` that has the name. Settings: see `RoutingOptions`. */
export const routingProviderFactory: ProviderFactory<RoutingTable> = {
  type: "routing",
  configSchema: tableSchema,
  create({ providers, model, default: standard }, dependencies) {
    return withRouting(
      providers.map((member) => dependencies.provider(member)),
      { name: dependencies.name, ...(model !== undefined && { model }), ...(standard !== undefined && { default: standard }) },
    );
  },
};
