export async function load(baseURL) {
  const { ChatOpenAI } = await import("@langchain/openai");
  const model = new ChatOpenAI({
    model: "gpt-5-mini",
    apiKey: "sk-test",
    configuration: { baseURL: `${baseURL}/v1` },
    useResponsesApi: false,
  });
  return async (read) => {
    for await (const chunk of await model.stream("hi")) read(chunk.content);
  };
}
