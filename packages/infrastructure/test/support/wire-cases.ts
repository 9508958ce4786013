import { readFileSync } from "node:fs";

/** A streamed answer of a real server; every case names its source in the file. */
export interface StreamCase {
  readonly name: string;
  readonly source: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sse: string;
  readonly expected: ExpectedAnswer;
}

export interface JsonCase {
  readonly name: string;
  readonly source: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expected: ExpectedAnswer & { readonly requestId?: string };
}

export interface SseCase {
  readonly name: string;
  readonly bytesBase64: string;
  readonly chunkSizes?: readonly number[];
  readonly expectedEvents: readonly { readonly event: string; readonly data: string }[];
}

export interface ExpectedAnswer {
  readonly text: string;
  readonly reasoning?: string;
  readonly refusal?: string;
  readonly toolCalls?: readonly ExpectedCall[];
  readonly partialToolCalls?: readonly ExpectedCall[];
  /** The server's own word. */
  readonly finishReason: string | null;
  readonly usage?: {
    readonly promptTokens?: number;
    readonly completionTokens?: number;
    readonly totalTokens?: number;
    readonly cachedTokens?: number;
    readonly reasoningTokens?: number;
  };
  readonly error?: { readonly messageContains: string; readonly code?: number | string; readonly level?: "should" };
  readonly incomplete?: boolean;
}

export interface ExpectedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface ErrorCase {
  readonly name: string;
  readonly status: number;
  readonly fault?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: {
    readonly kind: string;
    readonly kindAlso?: readonly string[];
    readonly retryable: boolean;
    readonly retryableEither?: boolean;
    readonly mustBeError?: boolean;
    readonly messageContains?: string;
    readonly requestId?: string;
  };
}

export const streamCases: readonly StreamCase[] = JSON.parse(fixture("chat-streams.json"));
export const jsonCases: readonly JsonCase[] = JSON.parse(fixture("chat-json.json"));
export const sseCases: readonly SseCase[] = JSON.parse(fixture("sse-format.json"));
export const errorCases: readonly ErrorCase[] = JSON.parse(fixture("http-errors.json"));

function fixture(file: string): string {
  return readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8");
}
