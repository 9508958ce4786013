import { isChatException } from "@chatport/domain";

/** What a caller is told whose request is refused before anything is sent. */
export interface Refusal {
  readonly code: string;
  readonly provider: string;
  readonly message: string;
}

/** What the exception says that this throws; nothing where it throws none. Anything else that it throws is a mistake of ours, and is thrown on. */
export function refusalOf(run: () => unknown): Refusal | undefined {
  try {
    run();
  } catch (error) {
    if (isChatException(error)) return { code: error.code, provider: error.provider, message: error.message };
    throw error;
  }
  return undefined;
}
