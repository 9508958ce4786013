import { inspect } from "node:util";
import { Secret } from "@chatport/domain";
import { chatProviderContract } from "@chatport/domain/testing";
import { createEchoWireProvider } from "../src/index.js";
import { startEchoWire } from "./echo-wire-server.js";

const secret = "echo-canary-7d20f1c4";

chatProviderContract(
  "the Echo Wire provider",
  {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await startEchoWire(script, secret);
      return {
        ...server,
        provider: createEchoWireProvider({ name: "echo", baseUrl: server.origin, model: "echo-1", apiKey: new Secret(secret) }),
      };
    },
  },
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
