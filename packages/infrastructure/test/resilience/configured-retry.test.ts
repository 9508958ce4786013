import { FakeChatProvider } from "@chatport/domain/testing";
import { expect, test } from "vitest";
import { withConfiguredRetry } from "../../src/resilience/configured-retry.js";
import { read, request } from "./scripted-provider.js";

test.each([
  ["the total", { retry: { overallMs: 9_000 }, deadlines: { totalMs: 1_000 } }, 1_000],
  ["the retries' own", { retry: { overallMs: 1_000 }, deadlines: { totalMs: 9_000 } }, 1_000],
  ["the only one", { deadlines: { totalMs: 1_000 } }, 1_000],
])("of two deadlines over all attempts the shorter holds: %s", async (_which, config, longest) => {
  const provider = new FakeChatProvider("hi");
  await read(withConfiguredRetry(provider, config).stream(request));
  const totalMs = provider.calls[0]?.options.deadlines?.totalMs ?? Infinity;
  expect(totalMs).toBeLessThanOrEqual(longest);
  expect(totalMs).toBeGreaterThan(longest / 2);
});
