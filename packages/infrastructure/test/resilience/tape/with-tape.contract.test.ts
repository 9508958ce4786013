import { chatProviderContract } from "@chatport/domain/testing";
import { memoryTape, withTape } from "../../../src/resilience/index.js";
import { keyless, overFake, overOpenAI } from "../harnesses.js";

chatProviderContract(
  "withTape, recording",
  overFake((provider) => withTape(provider, { mode: "record", tape: memoryTape() })),
  { skip: keyless },
);
chatProviderContract(
  "withTape, recording the OpenAI provider",
  overOpenAI((provider) => withTape(provider, { mode: "record", tape: memoryTape() })),
);
