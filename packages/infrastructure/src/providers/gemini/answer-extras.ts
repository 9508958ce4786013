import type { JsonObject, ProviderPart } from "@chatport/domain";
import { GrowingObject } from "../../http/growing-object.js";
import { isJsonList } from "../../http/json.js";
import { stateOf } from "../../http/history.js";
import { toFinishReason } from "./finish-reason.js";
import type { Candidate } from "./models.js";
import { vendor } from "./vendor.js";

/**
 * What Google tells of an answer beside its parts, so that it is kept instead of lost: citations, the sources of a grounded answer, token probabilities, why an
 * answer was cut. Each becomes a provider part at the end. None of them goes back, except for the token that continues an answer.
 */
export class AnswerExtras {
  readonly #origin: string;
  readonly #metadata = new Map<string, GrowingObject>();
  #safetyRatings: readonly JsonObject[] | undefined;
  #finishMessage: string | undefined;
  #continuationToken: string | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The server's words for why the answer ended; for a malformed call, what the model wrote. */
  get finishMessage(): string | undefined {
    return this.#finishMessage;
  }

  accept(candidate: Candidate): void {
    this.#keep("citationMetadata", candidate.citationMetadata);
    this.#keep("groundingMetadata", candidate.groundingMetadata);
    this.#keep("urlContextMetadata", candidate.urlContextMetadata);
    this.#keep("logprobsResult", candidate.logprobsResult);
    if (candidate.safetyRatings) this.#safetyRatings = candidate.safetyRatings;
    if (candidate.finishMessage) this.#finishMessage = candidate.finishMessage;
    if (candidate.continuationToken) this.#continuationToken = candidate.continuationToken;
  }

  /** What has no other place, when the answer is complete. */
  parts(finishReason: string): readonly ProviderPart[] {
    const filtered = toFinishReason(finishReason) === "content-filter";
    const ended = {
      ...(this.#finishMessage !== undefined && { finishMessage: this.#finishMessage }),
      ...(filtered && this.#safetyRatings !== undefined && { safetyRatings: this.#safetyRatings }),
    };
    const parts = [...this.#metadata].map(([key, data]) => this.#part({ [key]: data.toJson() }));
    if (Object.keys(ended).length > 0) parts.push(this.#part({ finishReason, ...ended }));
    if (this.#continuationToken !== undefined) parts.push(this.#part({}, { continuationToken: this.#continuationToken }));
    return parts;
  }

  #part(data: JsonObject, state: JsonObject = {}): ProviderPart {
    return { type: "provider", vendor, data, providerMetadata: stateOf(vendor, this.#origin, state) };
  }

  /** Chunks tell more as the answer grows: later fields replace earlier ones, and lists of sources, which come piece by piece, are joined. */
  #keep(key: string, data: JsonObject | null | undefined): void {
    if (!data) return;
    const kept = this.#metadata.get(key) ?? new GrowingObject();
    this.#metadata.set(key, kept);
    for (const [field, value] of Object.entries(data)) {
      if (joined.has(field) && isJsonList(value)) kept.addItems(field, value);
      else kept.set(field, value);
    }
  }
}

const joined: ReadonlySet<string> = new Set(["citationSources", "chosenCandidates", "topCandidates"]);
