export type { Sleep } from "./abortable-sleep.js";
export type { FakeAnswer, FakeScript, FakeStep } from "./fake-answer.js";
export type { FakeCall, FakeCallOutcome } from "./fake-call.js";
export { fakeProviderHarness } from "./fake-provider-harness.js";
export { FakeChatProvider, type FakeChatProviderOptions } from "./fake-chat-provider.js";
export {
  type ScriptedAnswer,
  type ScriptedEnd,
  type ScriptedError,
  scriptedModel,
  type ScriptedStep,
  type ScriptedWrongBody,
} from "./scripted-answer.js";
export { chatProviderContract, type ChatProviderContractOptions, contractPlan, type ContractSkips } from "./chat-provider-contract.js";
export { type ContractCaseId, contractCaseIds, type ContractGroup } from "./contract/contract-case-ids.js";
export type { ChatProviderHarness, ContractCase, ScriptedProvider } from "./contract/contract-case.js";
export { contractCases } from "./contract/contract-cases.js";
