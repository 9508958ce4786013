import { type Attempt, type CallOptions, type ChatProvider, isChatException, type ModelInfo } from "@chatport/domain";
import { attemptOf, everyAttempt, withAttempts } from "./with-attempts.js";

/**
 * The models of all members, asked at the same time, in the members' order; each id becomes `name/model`. A member that cannot list is told to `onAttempt` and left out, so that
 * a local server that is off hides nobody else's models.
 *
 * @throws the last member's failure, with the others' and those that retries made in `attempts`, when none can list; or `signal.reason` once aborted.
 */
export async function listEveryModel(members: readonly ChatProvider[], options: CallOptions = {}): Promise<readonly ModelInfo[]> {
  options.signal?.throwIfAborted();
  const listing = members.filter((member) => member.listModels !== undefined);
  const outcomes = await Promise.allSettled(listing.map((member) => prefixed(member, options)));
  options.signal?.throwIfAborted();
  const failures: Attempt[] = [];
  for (const [position, outcome] of outcomes.entries()) {
    if (outcome.status === "fulfilled") continue;
    const exception: unknown = outcome.reason;
    // What is no ChatException is a mistake in a program, which must not look like a server that is off.
    if (!isChatException(exception)) throw exception;
    failures.push(attemptOf(listing[position]?.name ?? exception.provider, exception));
  }
  const last = failures.at(-1);
  if (last !== undefined && failures.length === listing.length) throw withAttempts(last.exception, everyAttempt(failures, last));
  for (const failure of failures) options.onAttempt?.(failure);
  return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []));
}

async function prefixed(member: ChatProvider, options: CallOptions): Promise<readonly ModelInfo[]> {
  const models = (await member.listModels?.(options)) ?? [];
  return models.map((model) => ({ ...model, id: `${member.name}/${model.id}` }));
}
