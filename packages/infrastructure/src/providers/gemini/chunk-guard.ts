import { isAbsent, isAbsentOrNumber, isAbsentOrString, type Unknown } from "../../http/wire-guards.js";
import type { AnswerPart, Candidate, GenerateContentResponse, UsageMetadata } from "./models.js";

/**
 * Whether a parsed event is one of those that streams are made of: one candidate with pieces of text or thought, a finish reason, counted tokens. It is then sure
 * to pass the response schema, and validating with the schema costs more than parsing; a property test holds the two together. The guard says no to whatever it
 * does not know, and the schema decides.
 */
export function isUsualChunk(value: unknown): value is GenerateContentResponse {
  if (!isObject(value)) return false;
  const chunk: Unknown<GenerateContentResponse> = value;
  const { error, promptFeedback, usageMetadata, candidates } = chunk;
  return (
    isAbsent(error) &&
    isAbsent(promptFeedback) &&
    isAbsentOrString(chunk.modelVersion) &&
    isAbsentOrString(chunk.responseId) &&
    (isAbsent(usageMetadata) || isUsage(usageMetadata)) &&
    Array.isArray(candidates) &&
    candidates.length === 1 &&
    isUsualCandidate(candidates[0])
  );
}

function isUsualCandidate(value: unknown): boolean {
  if (!isObject(value)) return false;
  const candidate: Unknown<Candidate> = value;
  return (
    isAbsentOrNumber(candidate.index) &&
    isAbsentOrString(candidate.finishReason) &&
    isAbsentOrString(candidate.finishMessage) &&
    isAbsent(candidate.continuationToken) &&
    isAbsent(candidate.citationMetadata) &&
    isAbsent(candidate.groundingMetadata) &&
    isAbsent(candidate.urlContextMetadata) &&
    isAbsent(candidate.logprobsResult) &&
    isAbsent(candidate.safetyRatings) &&
    (isAbsent(candidate.content) || isUsualContent(candidate.content))
  );
}

function isUsualContent(value: unknown): boolean {
  if (!isObject(value)) return false;
  const content: Unknown<NonNullable<Candidate["content"]>> = value;
  if (isAbsent(content.parts)) return true;
  return Array.isArray(content.parts) && content.parts.every(isTextPart);
}

function isTextPart(value: unknown): boolean {
  if (!isObject(value)) return false;
  const part: Unknown<AnswerPart> = value;
  return (
    typeof part.text === "string" &&
    isAbsentOrString(part.thoughtSignature) &&
    isAbsent(part.functionCall) &&
    (typeof part.thought === "boolean" || isAbsent(part.thought))
  );
}

function isUsage(value: unknown): boolean {
  if (!isObject(value)) return false;
  const usage: Unknown<UsageMetadata> = value;
  return (
    isAbsentOrNumber(usage.promptTokenCount) &&
    isAbsentOrNumber(usage.candidatesTokenCount) &&
    isAbsentOrNumber(usage.toolUsePromptTokenCount) &&
    isAbsentOrNumber(usage.thoughtsTokenCount) &&
    isAbsentOrNumber(usage.cachedContentTokenCount)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
