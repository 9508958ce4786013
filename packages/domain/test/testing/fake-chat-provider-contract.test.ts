import { chatProviderContract } from "../../src/testing/index.js";
import { fakeHarness } from "./fake-harness.js";

chatProviderContract("FakeChatProvider", fakeHarness, { skip: { secrets: "it has no key and no server that could echo one" } });
