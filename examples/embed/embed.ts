import { textOf, userMessage } from "@chatport/domain";
import { createGuideProvider } from "@chatport/infrastructure/guide";
import { createOpenAIProvider } from "@chatport/infrastructure/openai";

const apiKey = process.env["OPENAI_API_KEY"];
const provider = apiKey ? createOpenAIProvider({ model: "gpt-5-mini", apiKey }) : createGuideProvider();

for await (const text of textOf(provider.stream({ messages: [userMessage("What is a ChatProvider?")] }))) {
  process.stdout.write(text);
}
