import type { CallOptions, ChatCapability, ChatProvider, ModelInfo } from "@chatport/domain";
import { listEveryModel } from "./list-every-model.js";

/** What several providers are to their caller, but for `stream`. */
export type ProviderGroup = Omit<ChatProvider, "stream">;

/**
 * Presents several providers as one. Its capabilities are what at least one of them can, since a request that needs one reaches a member that has it; its vendor is the one that
 * all have, or else `kind`; its models are everybody's, as `name/model`.
 *
 * @throws {RangeError} when there is no provider.
 */
export function providerGroup(members: readonly ChatProvider[], kind: string, name: string | undefined): ProviderGroup {
  const [first, ...others] = members;
  if (first === undefined) throw new RangeError(`A ${kind} needs at least one provider.`);
  const capabilities = new Set<ChatCapability>(members.flatMap((member) => [...member.capabilities]));
  const lists = capabilities.has("model-listing");
  return {
    name: name ?? first.name,
    vendor: others.every(({ vendor }) => vendor === first.vendor) ? first.vendor : kind,
    capabilities,
    ...(lists && { listModels: (options?: CallOptions): Promise<readonly ModelInfo[]> => listEveryModel(members, options) }),
  };
}

/** A member and the model that it is asked for; without one it answers with its own. */
export interface MemberModel {
  readonly member: ChatProvider;
  readonly model?: string;
}

/**
 * The member that a `name/model` id begins with; undefined when it begins with none. Model ids have slashes of their own, and names may, so that the longest name counts. `name/`
 * asks for the member's own model.
 */
export function memberOf(id: string, members: readonly ChatProvider[]): MemberModel | undefined {
  const [member] = members.filter(({ name }) => id.startsWith(`${name}/`)).toSorted((one, other) => other.name.length - one.name.length);
  if (member === undefined) return undefined;
  const model = id.slice(member.name.length + 1);
  return model === "" ? { member } : { member, model };
}
