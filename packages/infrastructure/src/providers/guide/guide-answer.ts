import type { GuideQuestion } from "./guide-question.js";
import type { Finding, ManualSearch } from "./manual-search.js";

/** The guide's answer in Markdown: the best section, what else to read, and one line that says who answers. Pure. */
export function answerTo(question: GuideQuestion, search: ManualSearch): string {
  return [...bodyOf(question, search), noticeOf(question)].join("\n\n") + "\n";
}

function bodyOf(question: GuideQuestion, search: ManualSearch): readonly string[] {
  if (question.isTask) {
    return [
      "I cannot work on a text: summarising, translating or writing takes a language model, and none is connected.",
      ...sectionOf(search.find(connecting)),
    ];
  }
  const findings = findingsFor(question, search);
  if (findings === undefined) return isGreeting(question) ? sectionOf(search.find(introducing)) : notCovered([], search);
  const [best] = findings;
  return best?.isAnswer ? sectionOf(findings) : notCovered(findings, search);
}

/** Undefined: the question has no words to search for ("hi", "how are you?", "2+2"). */
function findingsFor(question: GuideQuestion, search: ManualSearch): readonly Finding[] | undefined {
  const [before] = question.earlier;
  const alone = search.find(question.text);
  if (before === undefined || (alone?.[0]?.isAnswer && !leansOnContext.test(question.text))) return alone;
  // "why?" and "what next?" ask on; "thanks" does not.
  if (alone === undefined) return asksOn.test(question.text) ? search.find(before) : undefined;
  // A follow-up: what it names first, in the light of what was asked before.
  return search.find(question.text, before) ?? alone;
}

const leansOnContext = /^\s*(?:and|but|so|or|also|what about|how about)\b/i;

const asksOn = /\b(?:why|how|what|where|when|which|who)\b|\p{L}\s*\?/iu;

/** A conversation that begins without a question, or an empty one. Signs and sums are questions, and none for the manual. */
function isGreeting({ text, earlier }: GuideQuestion): boolean {
  return text.trim() === "" || (earlier.length === 0 && /\p{L}/u.test(text));
}

function sectionOf(findings: readonly Finding[] | undefined): readonly string[] {
  const [best, ...others] = findings ?? [];
  if (best === undefined) return [];
  const also = others.slice(0, 2).map(({ section }) => section.path);
  return [`## ${best.section.title}`, best.section.body, ...(also.length > 0 ? [`**See also:** ${also.join(" · ")}`] : [])];
}

function notCovered(findings: readonly Finding[], search: ManualSearch): readonly string[] {
  const near = (findings.length > 0 ? findings : (search.find(introducing) ?? [])).slice(0, 4);
  const headings = near.map(({ section }) => `- ${section.path}`);
  return [
    "Chatport's manual does not cover this. A connected language model may know.",
    ...(headings.length > 0 ? [`The nearest headings:\n\n${headings.join("\n")}`] : []),
  ];
}

const connecting = "connect a language model";
const introducing = "introduction overview";

function noticeOf({ hasInstructions }: GuideQuestion): string {
  const limits = hasInstructions ? "look things up in its manual and cannot follow a system message" : "look things up in its manual";
  return (
    `> I am Chatport's guide, no language model: I ${limits}. To connect a model, set \`OPENAI_API_KEY\`, ` +
    "or `OPENAI_BASE_URL` for a compatible server, or name a provider in `chatport.toml`."
  );
}
