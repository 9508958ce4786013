import { describeOrigin, type LoadOptions } from "../../src/config/index.js";
import { configFolders } from "./config-folders.js";

/** All that a provider can be chosen by. Default of each: there is none. */
export interface Choice extends Pick<LoadOptions, "env" | "flags"> {
  /** The user's file. */
  readonly user?: string;
  /** The project's file, which the user trusts. */
  readonly project?: string;
}

/** Who answers, with which model, and what chose. */
export interface Chosen {
  readonly provider: string;
  readonly model: unknown;
  readonly origin: string;
}

export async function choose({ user, project, ...options }: Choice): Promise<Chosen> {
  await using folders = await configFolders();
  if (user !== undefined) await folders.user(user);
  if (project !== undefined) await folders.project(project);
  const { provider, providers, origin } = await folders.load(options);
  return { provider, model: providers.get(provider)?.settings["model"], origin: describeOrigin(origin) };
}
