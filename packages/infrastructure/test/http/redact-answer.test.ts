import { type AssistantPart, Secret } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { redactAnswer } from "../../src/http/redact-answer.js";
import { createRedactor } from "../../src/http/redaction.js";

const key = "sk-test-canary-5e1f8a90c3";
const redact = createRedactor([new Secret(key)]);

function redacted(part: AssistantPart): AssistantPart | undefined {
  return redactAnswer({ role: "assistant", content: [part] }, redact).content[0];
}

describe("what had arrived of an answer, in an exception", () => {
  const parts: readonly AssistantPart[] = [
    { type: "text", text: `Your key is ${key}.` },
    { type: "reasoning", text: key, providerMetadata: { openai: { reasoning_details: [{ text: key }] } } },
    { type: "refusal", text: key },
    { type: "tool-call", id: key, name: key, input: { key }, json: JSON.stringify({ key }) },
    { type: "invalid-tool-call", id: "a", name: "f", json: `{"key":"${key}` },
    { type: "provider", vendor: "openai", data: { citations: [{ title: key }] } },
  ];

  test.each(parts)("holds no key: $type", (part) => {
    expect(JSON.stringify(redacted(part))).not.toContain(key);
  });

  test("holds no start of a key that was cut at its end", () => {
    expect(redacted({ type: "text", text: `Your key is ${key.slice(0, 18)}` })).toEqual({ type: "text", text: "Your key is [redacted]" });
  });

  test("is otherwise what it was", () => {
    const call = { type: "tool-call", id: "call_1", name: "weather", input: { city: "Paris" }, json: '{"city":"Paris"}' } as const;
    expect(redacted(call)).toEqual(call);
  });

  test("a call whose arguments held the key cannot be run any more", () => {
    expect(redacted({ type: "tool-call", id: "a", name: "f", input: { key }, json: JSON.stringify({ key }) })).toMatchObject({
      type: "invalid-tool-call",
      json: '{"key":"[redacted]"}',
    });
  });
});
