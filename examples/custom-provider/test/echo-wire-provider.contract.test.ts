import { Secret } from "@chatport/domain";
import { chatProviderContract } from "@chatport/domain/testing";
import { scriptedHarness } from "@chatport/infrastructure/testing";
import { createEchoWireProvider } from "../src/index.js";
import { startScriptedEchoWire } from "./echo-wire-server.js";

chatProviderContract(
  "the Echo Wire provider",
  scriptedHarness({
    start: startScriptedEchoWire,
    provider: (baseUrl, key) => createEchoWireProvider({ name: "echo", baseUrl, model: "echo-1", apiKey: new Secret(key) }),
  }),
  {
    skip: {
      tools: "Echo Wire has no tools.",
      "truncated/in-tool-call": "Echo Wire has no tools.",
      "truncated/after-tool-call": "Echo Wire has no tools.",
      "events/reasoning": "Echo Wire tells of no reasoning.",
      "events/refusal": "Echo Wire has no refusals.",
      "events/several-parts": "An answer of Echo Wire is one text.",
    },
  },
);
