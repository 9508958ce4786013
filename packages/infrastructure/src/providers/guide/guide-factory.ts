import type { ProviderFactory } from "@chatport/domain";
import { guideProviderSchema, type GuideProviderTable } from "./guide-config.js";
import { createGuideProvider } from "./guide-provider.js";

/** Makes the guide from configuration: `type = "guide"`. */
export const guideProviderFactory: ProviderFactory<GuideProviderTable> = {
  type: "guide",
  configSchema: guideProviderSchema,
  create: (_config, { name }) => createGuideProvider({ name }),
};
