import { chatProviderContract, fakeProviderHarness } from "@chatport/domain/testing";
import { withCheckedAnswers } from "../../src/di/with-checked-answers.js";
import { redactNothing } from "../../src/http/redaction.js";

chatProviderContract(
  "withCheckedAnswers",
  fakeProviderHarness((provider) => withCheckedAnswers(provider, "some-plugin", redactNothing)),
  {
    skip: { secrets: "the provider that it is tried with has no key and no server that could echo one" },
  },
);
