/** What the mapping of a request has to know of a model. */
export interface ModelFacts {
  /** The largest `max_tokens` that the model takes. */
  readonly maxOutputTokens: number;
  /** `adaptive`: the model decides how much to think, at the effort that is asked. `budget`: thinking is asked for as a number of tokens. */
  readonly thinking: "adaptive" | "budget";
}

/**
 * What Anthropic documents of a model (https://platform.claude.com/docs/en/about-claude/models/overview and the pages of the single models). Every model since
 * Claude Opus 4.6 and Sonnet 4.6 writes 128k tokens and thinks adaptively, so that an id that is not known counts as one of these: should it take less, the
 * API refuses the request and names the limit.
 */
export function modelFacts(model: string): ModelFacts {
  // OpenRouter spells versions with a dot ("anthropic/claude-sonnet-4.5") and variants behind a colon.
  const dashed = model.replaceAll(".", "-").replace(/:(?:beta|free|thinking)$/u, "");
  const maxOutputTokens = earlier.find(([pattern]) => pattern.test(dashed))?.[1];
  return maxOutputTokens === undefined ? { maxOutputTokens: 128_000, thinking: "adaptive" } : { maxOutputTokens, thinking: "budget" };
}

// The ids of clouds have a prefix ("us.anthropic.") and other separators ("@20250514"), so nothing is anchored at the start.
const earlier: readonly (readonly [model: RegExp, maxOutputTokens: number])[] = [
  [/claude-(?:opus|sonnet|haiku)-4-5(?!\d)/u, 64_000],
  [/claude-opus-4(?:-[01])?(?:[-@]20\d{6}|$)/u, 32_000],
  [/claude-sonnet-4(?:-0)?(?:[-@]20\d{6}|$)/u, 64_000],
  [/claude-3-7-/u, 64_000],
  [/claude-3-5-/u, 8_192],
  [/claude-(?:3-(?:opus|sonnet|haiku)|2|instant)/u, 4_096],
];
