import type { ProviderDependencies, ProviderFactory } from "@chatport/domain";
import * as z from "zod/mini";
import { connectionFields, countField, expected, strictTable, wordField, secretReferencePattern } from "../../http/provider-table.js";
import { codeField } from "../code-field.js";
import type { TapeStorage } from "./tape-storage.js";
import { createTapeProvider, withTape } from "./with-tape.js";

const amount = (what: string) => z.int(expected(what)).check(z.minimum(0, expected(what)));
const moment = {
  after: amount("a whole number of events, 0 or more"),
  call: z.exactOptional(countField("the number of a call, 1 for the first")),
};
const fault = z.discriminatedUnion(
  "type",
  [
    strictTable({ type: z.literal("cut"), ...moment }),
    strictTable({
      type: z.literal("error"),
      ...moment,
      code: z.exactOptional(codeField),
      message: z.exactOptional(wordField("the error's words")),
    }),
    strictTable({ type: z.literal("stall"), ...moment }),
    strictTable({ type: z.literal("delay"), ...moment, ms: amount("milliseconds, 0 or more") }),
  ],
  expected('a fault whose type is "cut", "error", "stall" or "delay"'),
);

const secretReferenceExpected = expected("a reference to a secret (env:NAME, file:PATH or command:[...]), not the secret itself");
const secretReference = z.string(secretReferenceExpected).check(z.regex(secretReferencePattern, secretReferenceExpected));

const tableSchema = strictTable({
  type: z.exactOptional(z.literal("tape", expected('"tape"'))),
  /** Who is recorded; a replay needs nobody. */
  provider: z.exactOptional(wordField("the name of a configured provider")),
  file: wordField("the path of the tape"),
  mode: z._default(z.enum(["record", "replay"], expected('"record" or "replay"')), "replay"),
  pace: z.exactOptional(z.enum(["instant", "recorded"], expected('"instant" or "recorded"'))),
  faults: z.exactOptional(z.array(fault, expected("a list of faults"))),
  /** References to further secrets that are taken out of what is recorded, beside those that the composition's providers are made with. */
  redact: z.exactOptional(z.array(secretReference, expected("a list of references"))),
  /** Off unless asked for: the recorded provider retries by itself, and a replayed failure fails again. */
  retry: z._default(connectionFields.retry, false),
})
  .check(
    z.check(({ value, issues }) => {
      if (value.mode === "replay" || value.provider !== undefined) return;
      issues.push({ code: "custom", input: value.provider, path: ["provider"], message: expected("the name of the provider to record") });
    }),
  )
  .register(z.globalRegistry, {
    if: { properties: { mode: { const: "record" } }, required: ["mode"] },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: { required: ["provider"] },
  });

export type TapeTable = z.infer<typeof tableSchema>;

/** What a composition does for a tape beyond what any factory may ask. */
export interface RecordingDependencies extends ProviderDependencies {
  /** Takes out of a text every secret that the composition's providers were made with: a server may echo the key that it was sent. Without it only what `redact` names is taken out. */
  readonly redact?: (text: string) => string;
}

/**
 * `type = "tape"`: records a configured provider onto a file, or plays the file without it. Which storage a path means is the composition's affair, since this runs in browsers too.
 *
 * @param open the storage at a path; does no I/O yet
 */
export function tapeProviderFactory(open: (path: string) => TapeStorage): ProviderFactory<TapeTable> {
  return {
    type: "tape",
    configSchema: tableSchema,
    create({ provider, file, mode, pace, faults, redact = [] }, dependencies: RecordingDependencies) {
      const tape = open(file);
      const replay = { tape, ...(pace !== undefined && { pace }), ...(faults !== undefined && { faults }) };
      if (mode === "replay" || provider === undefined) return createTapeProvider({ ...replay, name: dependencies.name });
      return withTape(dependencies.provider(provider), {
        mode,
        tape,
        name: dependencies.name,
        secrets: redact.map((reference) => dependencies.secret(reference)),
        ...(dependencies.redact !== undefined && { redact: dependencies.redact }),
        ...(faults !== undefined && { faults }),
      });
    },
  };
}
