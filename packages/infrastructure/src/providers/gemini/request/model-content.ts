import type { AssistantPart, ProviderMetadata, ProviderPart, TextPart, ReasoningPart, ToolCallPart } from "@chatport/domain";
import { callArguments } from "../../../http/call-arguments.js";
import { unsupported } from "../../../http/request-checks.js";
import { type RequestPart, requestPartSchema } from "../models.js";
import { vendor } from "../vendor.js";
import { contentPartFields, isContentPart } from "./content-part.js";

/**
 * An earlier answer, part by part, with each signature on the part that it came with. Parts with a signature are not merged with others
 * (https://ai.google.dev/gemini-api/docs/thought-signatures). Of provider parts those go back that are parts of a content; what is told of an answer (sources,
 * citations) has no place in a request.
 *
 * @param wantsSignatures whether the model refuses calls that nobody signed: see {@link unsigned}
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function modelParts(content: readonly AssistantPart[], wantsSignatures: boolean, provider: string): RequestPart[] {
  const parts = content.flatMap((part) => partsOf(part, provider));
  const first = wantsSignatures ? parts.findIndex(({ functionCall }) => functionCall !== undefined) : -1;
  return parts.map((part, index) => (index === first ? { thoughtSignature: unsigned, ...part } : part));
}

/**
 * Stands for the signature of a call that another model made. From Gemini 3 on the first call of a step must have one, and Google documents this word for calls
 * that have none (https://ai.google.dev/gemini-api/docs/thought-signatures, the question about conversations of other models).
 */
const unsigned = "skip_thought_signature_validator";

function partsOf(part: AssistantPart, provider: string): RequestPart[] {
  switch (part.type) {
    case "text":
      return textParts(part, {});
    case "reasoning":
      return textParts(part, { thought: true });
    case "refusal":
      return textParts({ ...part, type: "text" }, {});
    case "tool-call":
      return [callPart(part)];
    case "invalid-tool-call":
      return [];
    case "provider":
      return providerParts(part);
    default:
      throw unsupported(provider, `An answer holds ${JSON.stringify(part satisfies never).slice(0, 80)}, which is no part of one.`);
  }
}

/** A text whose last piece alone was signed becomes two parts again. */
function textParts({ text, providerMetadata }: TextPart | ReasoningPart, flag: Pick<RequestPart, "thought">): RequestPart[] {
  const signature = signatureOf(providerMetadata);
  if (signature.thoughtSignature === undefined) return text === "" ? [] : [{ text, ...flag }];
  const from = providerMetadata?.[vendor]?.["signedFrom"];
  const before = typeof from === "number" ? text.slice(0, from) : "";
  const signed = { text: text.slice(before.length), ...flag, ...signature };
  return before === "" ? [signed] : [{ text: before, ...flag }, signed];
}

function callPart(call: ToolCallPart): RequestPart {
  const { id, name, providerMetadata } = call;
  return { functionCall: { id, name, args: callArguments(call) }, ...signatureOf(providerMetadata) };
}

function providerParts({ data, providerMetadata }: ProviderPart): RequestPart[] {
  if (!isContentPart(data)) return [];
  const part = requestPartSchema.safeParse(contentPartFields(data));
  return part.success ? [{ ...part.data, ...signatureOf(providerMetadata) }] : [];
}

function signatureOf(metadata: ProviderMetadata | undefined): Pick<RequestPart, "thoughtSignature"> {
  const signature = metadata?.[vendor]?.["thoughtSignature"];
  return typeof signature === "string" ? { thoughtSignature: signature } : {};
}
