// The default stack, as a configuration composes it: an adapter with retries, behind a fallback, behind a router.
export async function load(baseURL) {
  const { createOpenAIProvider } = await import("@chatport/infrastructure/openai");
  const { withFallback, withRouting } = await import("@chatport/infrastructure/resilience");
  const open = (name) => createOpenAIProvider({ name, model: "gpt-5-mini", apiKey: "sk-test", baseUrl: `${baseURL}/v1` });
  const provider = withRouting([withFallback([open("first"), open("second")], { name: "main" }), open("other")]);
  return async (read) => {
    const messages = [{ role: "user", content: [{ type: "text", text: "hi" }] }];
    for await (const event of provider.stream({ messages, model: "main/" })) if (event.type === "text-delta") read(event.text);
  };
}
