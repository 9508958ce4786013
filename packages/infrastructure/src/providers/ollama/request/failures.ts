import { RequestException } from "@chatport/domain";

/** The request asks for what Ollama has no words for. `message` says what, where, and what to do instead. */
export function unsupported(provider: string, message: string): RequestException {
  return new RequestException("unsupported", message, { provider });
}

/** The request holds a value that can never be right, at whatever server. */
export function invalidRequest(provider: string, message: string): RequestException {
  return new RequestException("invalid-request", message, { provider });
}
