import type { ChatExceptionCode } from "@chatport/domain";

/**
 * The code that an error's machine-readable words name; undefined when they name none. Spelling does not matter: "InternalServerError", "internal_server_error"
 * and "INTERNAL-SERVER-ERROR" are one word.
 */
export function codeOfWords(words: readonly string[]): ChatExceptionCode | undefined {
  const spelled = words.map(comparable);
  return codeWords.find(([, known]) => spelled.some((word) => known.has(word)))?.[0];
}

/**
 * The code that a message's own words speak for; the first rule that matches counts.
 *
 * @param admitted The codes that are possible here.
 */
export function codeOfMessage(message: string, admitted: (code: ChatExceptionCode) => boolean): ChatExceptionCode | undefined {
  return messageRules.find(([code, pattern]) => pattern.test(message) && admitted(code))?.[0];
}

/** Whether a message speaks of an empty account rather than of a limit per minute. */
export function speaksOfQuota(message: string): boolean {
  return quotaWords.test(message);
}

function comparable(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z\d]/g, "");
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/).map(comparable));
}

/**
 * As OpenAI, Azure, Google, Anthropic, AWS, Mistral, Moonshot, Alibaba, OpenRouter, LiteLLM, vLLM and llama.cpp write them. From the specific to the general:
 * an error with two of them is the first.
 */
const codeWords: readonly (readonly [code: ChatExceptionCode, words: ReadonlySet<string>])[] = [
  [
    "content-filter",
    wordSet(`
      content_filter content_filtered content_filter_error content_policy_violation content_policy_violation_error
      responsible_ai_policy_violation data_inspection_failed moderation_blocked prompt_blocked
    `),
  ],
  [
    "context-overflow",
    wordSet(`
      context_length_exceeded context_length_error context_length_exceeded_error context_size_exceeded context_window_exceeded
      context_window_exceeded_error model_context_window_exceeded exceed_context_size_error prompt_too_long input_too_long request_too_large
    `),
  ],
  [
    "quota",
    wordSet(`
      insufficient_quota insufficient_user_quota insufficient_balance insufficient_credits insufficient_funds exceeded_current_quota_error
      billing_hard_limit_reached billing_not_active billing_error budget_exceeded credit_balance_too_low payment_required arrearage
    `),
  ],
  [
    "authentication",
    wordSet(`
      api_key_invalid api_key_expired invalid_api_key invalid_api_key_error incorrect_api_key missing_api_key account_deactivated
      authentication_error authentication_failed authentication_required invalid_authentication invalid_authentication_error
      unauthenticated unauthorized unauthorized_error
    `),
  ],
  [
    "rate-limit",
    wordSet(`
      rate_limit rate_limited rate_limit_error rate_limit_exceeded rate_limit_exceeded_error rate_limit_reached rate_limit_reached_error
      too_many_requests too_many_requests_error request_quota_exceeded token_quota_exceeded resource_exhausted
      throttling throttling_error throttling_exception
    `),
  ],
  ["not-found", wordSet("model_not_found model_not_found_error deployment_not_found not_found not_found_error")],
  [
    "permission",
    wordSet(`
      permission_denied permission_denied_error permission_error forbidden forbidden_error request_forbidden access_denied
      unsupported_country_region_territory
    `),
  ],
  [
    "unavailable",
    wordSet(`
      overloaded overloaded_error engine_overloaded engine_overloaded_error server_overloaded server_busy server_error internal internal_error
      internal_server_error service_unavailable service_unavailable_error unavailable unavailable_error api_error api_connection_error
      bad_gateway cf_bad_gateway gateway_timeout upstream_error timeout timeout_error request_timeout deadline_exceeded aborted conflict
    `),
  ],
  [
    "invalid-request",
    wordSet(`
      invalid_request invalid_request_error bad_request bad_request_error invalid_argument invalid_parameter invalid_parameter_error
      unsupported_parameter unsupported_value failed_precondition out_of_range unprocessable_entity unprocessable_entity_error
      validation validation_error value_error not_supported_error
    `),
  ],
];

const quotaWords = anyOf(
  /exceeded your current quota/,
  /(?<!request |token )quota (?:has been )?exceeded/,
  /insufficient[ _](?:quota|balance|credits?|funds)/,
  /credit balance is too low|out of credits|billing (?:hard )?limit|check your plan and billing/,
);

const messageRules: readonly (readonly [code: ChatExceptionCode, pattern: RegExp])[] = [
  [
    "context-overflow",
    anyOf(
      /(?:maximum|max|model'?s|available|supported) context (?:length|size|window)/,
      /context (?:length|size|window) (?:is only|exceeded|limit|of)/,
      /longer than the (?:model'?s )?(?:context|maximum)/,
      /(?:exceed\w*|larger than|too long for) (?:the |its |this |model'?s |available |maximum )*context/,
      /too many (?:input |prompt )?tokens|(?:prompt|input) is too long|maximum (?:prompt|input) length|input token count .{0,80}exceeds/,
    ),
  ],
  [
    "authentication",
    anyOf(/api key not valid|(?:invalid|incorrect|missing|expired) api[ _-]?key|invalid (?:authentication|credentials)/, /^unauthorized\b/),
  ],
  ["quota", quotaWords],
  ["rate-limit", /rate[ _-]?limit|too many requests|(?:requests|tokens) per (?:second|minute|hour|day)/i],
  ["content-filter", /content (?:management )?policy|content[ _]filter|flagged as potentially violating|flagged by (?:our )?moderation/i],
  ["unavailable", /overloaded|temporarily unavailable|try again later/i],
];

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map((pattern) => pattern.source).join("|"), "i");
}
