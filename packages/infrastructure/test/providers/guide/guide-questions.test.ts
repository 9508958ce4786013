import { describe, expect, test } from "vitest";
import { manual } from "../../../src/providers/guide/manual.generated.js";
import { ask, headingOf } from "./ask.js";
import { questions, strangeQuestions } from "./questions.js";

const titles = new Map(manual.map(({ id, title }) => [id, title]));

describe("The guide finds the section that answers", () => {
  test.each(questions)("%s", async (question, ...sections) => {
    const expected = sections.map((section) => titles.get(section));
    expect(expected, `The manual has the sections ${sections.join(", ")}`).not.toContain(undefined);
    expect(expected).toContain(headingOf(await ask(question)));
  });
});

describe("The guide says that the manual does not cover", () => {
  test.each(strangeQuestions)("%s", async (question) => {
    const answer = await ask(question);
    expect(headingOf(answer)).toBeUndefined();
    expect(answer).toContain("does not cover this");
  });
});
