import { bytesCases } from "./bytes-cases.js";
import { cancelCases } from "./cancel-cases.js";
import { concurrencyCases } from "./concurrency-cases.js";
import type { ContractCase } from "./contract-case.js";
import { deadlinesCases } from "./deadlines-cases.js";
import { deliveryCases } from "./delivery-cases.js";
import { eventsCases } from "./events-cases.js";
import { failureCases } from "./failure-cases.js";
import { lazyCases } from "./lazy-cases.js";
import { leaveCases } from "./leave-cases.js";
import { modelsCases } from "./models-cases.js";
import { outcomeCases } from "./outcome-cases.js";
import { secretsCases } from "./secrets-cases.js";
import { toolsCases } from "./tools-cases.js";
import { unsupportedCases } from "./unsupported-cases.js";
import { usageCases } from "./usage-cases.js";

/** The whole contract, as cases that can be run one by one. */
export const contractCases: readonly ContractCase[] = [
  ...eventsCases,
  ...outcomeCases,
  ...failureCases,
  ...lazyCases,
  ...cancelCases,
  ...leaveCases,
  ...toolsCases,
  ...bytesCases,
  ...usageCases,
  ...deliveryCases,
  ...deadlinesCases,
  ...unsupportedCases,
  ...concurrencyCases,
  ...secretsCases,
  ...modelsCases,
];
