export type { GuideConfig } from "./guide-config.js";
export { guideProviderFactory } from "./guide-factory.js";
export { createGuideProvider } from "./guide-provider.js";
