import { chatProviderContract, fakeProviderHarness } from "@chatport/domain/testing";
import { memoryTape, withFallback, withRetry, withRouting, withTape } from "../../../src/resilience/index.js";
import { keyless, overOpenAI, prefixed } from "../harnesses.js";
import { overReplay, unrecorded } from "../replay-harness.js";

chatProviderContract(
  "withTape, recording",
  fakeProviderHarness((provider) => withTape(provider, { mode: "record", tape: memoryTape() })),
  { skip: keyless },
);
chatProviderContract(
  "withTape, recording the OpenAI provider",
  overOpenAI((provider) => withTape(provider, { mode: "record", tape: memoryTape() })),
);
chatProviderContract("a replayed tape", overReplay(), { skip: { ...keyless, ...unrecorded } });
chatProviderContract(
  "retry, fallback and routing over a replayed tape",
  overReplay((tape) => withRouting([withFallback([withRetry(tape, { maxDelayMs: 0 })])])),
  { skip: { ...keyless, ...unrecorded, ...prefixed } },
);
chatProviderContract(
  "retry, fallback, routing and a recording tape over the OpenAI provider",
  overOpenAI((provider) =>
    withTape(withRouting([withFallback([withRetry(provider, { maxDelayMs: 0 })])]), { mode: "record", tape: memoryTape() }),
  ),
  { skip: prefixed },
);
