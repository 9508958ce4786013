import { assistantMessage, systemMessage, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { manual } from "../../../src/providers/guide/manual.generated.js";
import { ask, headingOf } from "./ask.js";

const everyKindOfQuestion = [
  "How do I set my API key?",
  "What is the capital of France?",
  "hi",
  "Summarise this:\n\nThe quick brown fox.",
  "",
];

describe("Every answer", () => {
  test.each(everyKindOfQuestion)("to %j says in one line that no language model answers, and how to connect one", async (question) => {
    const lines = (await ask(question)).split("\n").filter((line) => line.includes("no language model: I"));
    expect(lines).toHaveLength(1);
    for (const way of ["OPENAI_API_KEY", "OPENAI_BASE_URL", "chatport.toml"]) expect(lines[0]).toContain(way);
  });
});

describe("An answer from the manual", () => {
  test("holds the whole section, code included", async () => {
    const section = manual.find(({ id }) => id === "embedding#stream-an-answer");
    expect(section?.body).toContain("```ts\n");
    expect(await ask("how do I stream an answer?")).toContain(section?.body);
  });

  test("names two other sections, and not itself", async () => {
    const also = /^\*\*See also:\*\* (.+)$/m.exec(await ask("How do I swap the provider?"))?.[1]?.split(" · ") ?? [];
    expect(also).toHaveLength(2);
    for (const path of also) expect(manual.map((section) => section.path)).toContain(path);
    expect(also).not.toContain("Configuration > Swap the provider");
  });

  test("does not show the words that it is found by", async () => {
    expect(await ask("How do I set my API key?")).not.toContain("<!--");
  });
});

describe("A question that the manual does not cover", () => {
  test("gets the nearest headings", async () => {
    const headings = (await ask("Does the key fit the garage door of my neighbour?")).split("\n").filter((line) => line.startsWith("- "));
    expect(headings.length).toBeGreaterThan(0);
    for (const heading of headings) expect(manual.map(({ path }) => path)).toContain(heading.slice(2));
  });

  test("gets headings to begin with when nothing is near", async () => {
    expect(await ask("quetzalcoatl")).toContain("- Getting started > What Chatport is");
  });
});

describe("A greeting or an empty message", () => {
  test.each(["hi", "Hello!", "who are you?", "What is Chatport?", "", " "])("%j gets the introduction", async (message) => {
    expect(headingOf(await ask(message))).toBe("What Chatport is");
  });
});

describe("Work for a language model", () => {
  const text = "Dear colleagues,\n\nthe provider's key was rotated on Monday. Please update your configuration and restart.";

  test.each([
    ["summarise", text],
    ["Please summarize this text:", text],
    ["Can you translate this to French?", text],
    ["TL;DR", text],
    ["fix the bug", "const x = 1;"],
    ["What do you think?", `${text} `.repeat(10)],
  ])("%j with a text is declined in plain words, with the way to a model", async (instruction, material) => {
    const answer = await ask(`${instruction}\n\n${material}`);
    expect(answer).toMatch(/^I cannot work on a text/);
    expect(answer).toContain("## Connect a language model");
  });

  test("a text alone, without an instruction, is declined as well", async () => {
    expect(await ask("The key to a good configuration is patience. ".repeat(25))).toMatch(/^I cannot work on a text/);
  });

  test.each(["x".repeat(1_000_000), "key ".repeat(300_000), "\n ".repeat(300_000) + "key"])(
    "a text of any size is declined",
    async (huge) => {
      expect(await ask(`What is this?\n\n${huge}`)).toMatch(/^I cannot work on a text/);
      expect(headingOf(await ask([userMessage(huge), assistantMessage("..."), userMessage("and retries?")]))).toBe("Retries");
    },
  );

  test("a question about summarising is a question", async () => {
    expect(headingOf(await ask("how do I pipe a file in to summarise it?"))).toBe("Pipe text in");
  });

  test.each([
    ["explain this error", "Error: 401 Unauthorized", "401: the key is wrong"],
    ["Please explain this", "Error: 401 Unauthorized\n    at main.js:3", "401: the key is wrong"],
    ["can you fix this error?", "connect ECONNREFUSED 127.0.0.1:8080", "Network errors: the connection fails"],
    ["explain this error", `${"12:00:00 starting up\n".repeat(30)}Error: 503 Service Unavailable`, "The server fails"],
  ])("%j with an error to explain is a question", async (instruction, material, heading) => {
    expect(headingOf(await ask(`${instruction}\n\n${material}`))).toBe(heading);
  });

  test.each(["translate this", "summarise", "TL;DR"])("%j is a task, whatever error the text holds", async (instruction) => {
    expect(await ask(`${instruction}\n\nError: 401 Unauthorized`)).toMatch(/^I cannot work on a text/);
  });

  test("explaining a text without an error is a task", async () => {
    expect(await ask(`explain this\n\n${text}`)).toMatch(/^I cannot work on a text/);
  });

  test("a question with a short error below it is a question", async () => {
    expect(headingOf(await ask("What does this mean?\n\nconnect ECONNREFUSED 127.0.0.1:8080"))).toBe(
      "Network errors: the connection fails",
    );
  });
});

describe("A follow-up", () => {
  test("that says little by itself leans on what was asked before", async () => {
    const first = "How do I use my own server?";
    const answer = await ask([userMessage(first), assistantMessage(await ask(first)), userMessage("and with Docker?")]);
    expect(headingOf(answer)).toBe("Use your own server");
  });

  test("in words that the manual does not know is read with the question before it", async () => {
    const conversation = [
      userMessage("How many retries are there?"),
      assistantMessage("..."),
      userMessage("and could I frobnicate these?"),
    ];
    expect(headingOf(await ask(conversation))).toBe("Retries");
  });

  test.each(["what next?", "why?", "What should I do now?", "and what does that mean?"])(
    "%j asks on about what was said before",
    async (next) => {
      expect(headingOf(await ask([userMessage("it says 401"), assistantMessage("..."), userMessage(next)]))).toBe("401: the key is wrong");
    },
  );

  test.each(["thanks", "Thank you!", "ok", "?", "2+2"])("%j asks nothing that the manual knows", async (next) => {
    const answer = await ask([userMessage("How do I set my API key?"), assistantMessage("..."), userMessage(next)]);
    expect(headingOf(answer)).toBeUndefined();
    expect(answer).toContain("does not cover this");
  });

  test("that names an error is answered by itself", async () => {
    const conversation = [userMessage("How do I embed it in Next.js?"), assistantMessage("..."), userMessage("it says 401")];
    expect(headingOf(await ask(conversation))).toBe("401: the key is wrong");
  });

  test("with a subject of its own is answered by itself", async () => {
    const conversation = [userMessage("How do I set my API key?"), assistantMessage("..."), userMessage("What is a ChatProvider?")];
    expect(headingOf(await ask(conversation))).toBe("What is a ChatProvider?");
  });
});

test("The guide says that it cannot follow a system message", async () => {
  const answer = await ask([systemMessage("Answer like a pirate."), userMessage("What is a ChatProvider?")]);
  expect(headingOf(answer)).toBe("What is a ChatProvider?");
  expect(answer).toContain("cannot follow a system message");
  expect(await ask("What is a ChatProvider?")).not.toContain("system message");
});
