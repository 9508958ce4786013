import { homedir, userInfo } from "node:os";
import { join, posix, resolve, win32 } from "node:path";
import { ConfigException, type ConfigExceptionDetails } from "./config-exception.js";
import type { ConfigFile } from "./config-file.js";

/** What the configuration is read from, besides its files. Every field defaults to this process's own. */
export interface Surroundings {
  /** The working folder: `./chatport.toml` is looked for here, and only here. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The home folder, for `~`. One that is no absolute path counts as none: it would be a folder of whatever project one works in. */
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
}

/** {@link Surroundings} with everything filled in. */
export interface KnownSurroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An absolute path; undefined on a machine, or in a container, that says none. */
  readonly home: string | undefined;
  readonly platform: NodeJS.Platform;
}

/** Fills in what the caller left out. */
export function surroundingsOf(given: Surroundings): KnownSurroundings {
  const env = given.env ?? process.env;
  const platform = given.platform ?? process.platform;
  const homes = given.home === undefined ? [() => setting(env, "HOME"), homedir, () => userInfo().homedir] : [() => given.home];
  return { cwd: given.cwd ?? process.cwd(), env, home: firstAbsolute(homes, platform), platform };
}

/** An environment variable; one that is set to nothing counts as not set. */
export function setting(env: KnownSurroundings["env"], name: string): string | undefined {
  return env[name] || undefined;
}

/** The user's file and the project's, the lower one first; without a home folder there is no user's file. */
export function usualConfigFiles(surroundings: KnownSurroundings): readonly ConfigFile[] {
  const folder = userConfigFolder(surroundings);
  const path = folder && pathsOf(surroundings.platform).join(folder, "chatport", "config.toml");
  return [
    ...(path === undefined ? [] : [{ path, shown: abbreviate(path, surroundings), scope: "user" as const }]),
    { path: join(surroundings.cwd, "chatport.toml"), shown: "./chatport.toml", scope: "project" },
  ];
}

/**
 * The file that the user named, which takes the place of the usual ones.
 *
 * @throws {ConfigException} `unreadable` for one below a home folder that there is not.
 */
export function chosenConfigFile(name: string, surroundings: KnownSurroundings): ConfigFile {
  const { cwd } = surroundings;
  const origin = { kind: "file", file: name, folder: cwd, scope: "chosen" } as const;
  const path = expandHome(name, surroundings, (reason) => unreadable(`The file cannot be read: ${reason}.`, { origin }));
  return { path: resolve(cwd, path), shown: name, scope: "chosen" };
}

/**
 * `~/x` as a path. Where there is no home folder, `~` must not come to mean the working folder.
 *
 * @throws what `failure` makes of the reason; by default {@link ConfigException} `unreadable`.
 */
export function expandHome(
  path: string,
  { home }: Pick<KnownSurroundings, "home">,
  failure: (reason: string) => ConfigException = (reason) => unreadable(`"${path}" leads nowhere: ${reason}.`),
): string {
  if (!/^~(?=[/\\]|$)/.test(path)) return path;
  if (home === undefined) throw failure(`"~" stands for no folder, as ${homeless}`);
  return join(home, path.slice(1));
}

/** Why there is no home folder, for the words of an error. */
export const homeless = "HOME is not an absolute path, and this user has no home folder";

/**
 * What this program remembers by itself: `$XDG_STATE_HOME/chatport` on every Unix (XDG Base Directory Specification 0.8; `~/.local/state` without it), and
 * `%LOCALAPPDATA%\chatport` on Windows. Undefined where there is no home folder either.
 */
export function stateFolder(surroundings: KnownSurroundings): string | undefined {
  const folder =
    surroundings.platform === "win32"
      ? (absoluteSetting("LOCALAPPDATA", surroundings) ?? belowHome(surroundings, "AppData", "Local"))
      : (absoluteSetting("XDG_STATE_HOME", surroundings) ?? belowHome(surroundings, ".local", "state"));
  return folder && pathsOf(surroundings.platform).join(folder, "chatport");
}

/** A path below the home folder with `~`, as people write it. */
export function abbreviate(path: string, { home, platform }: Pick<KnownSurroundings, "home" | "platform">): string {
  return platform !== "win32" && home !== undefined && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** `$XDG_CONFIG_HOME` on every Unix, macOS too; without one it is `~/.config`. On Windows it is `%APPDATA%`. */
function userConfigFolder(surroundings: KnownSurroundings): string | undefined {
  return surroundings.platform === "win32"
    ? (absoluteSetting("APPDATA", surroundings) ?? belowHome(surroundings, "AppData", "Roaming"))
    : (absoluteSetting("XDG_CONFIG_HOME", surroundings) ?? belowHome(surroundings, ".config"));
}

/** A relative value is invalid and ignored (XDG Base Directory Specification 0.8): it would be a folder of whatever project one works in. */
function absoluteSetting(name: string, { env, platform }: KnownSurroundings): string | undefined {
  return firstAbsolute([() => setting(env, name)], platform);
}

function belowHome({ home, platform }: KnownSurroundings, ...steps: readonly string[]): string | undefined {
  return home && pathsOf(platform).join(home, ...steps);
}

/**
 * The first that is an absolute path; a later one is asked for only when it is needed. The system's list of users, which says more than an empty HOME, throws for
 * a user whom it does not have (https://nodejs.org/api/os.html#osuserinfooptions).
 */
function firstAbsolute(folders: readonly (() => string | undefined)[], platform: NodeJS.Platform): string | undefined {
  for (const folder of folders) {
    try {
      const path = folder();
      if (path !== undefined && pathsOf(platform).isAbsolute(path)) return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === "win32" ? win32 : posix;
}

function unreadable(sentence: string, details: ConfigExceptionDetails = {}): ConfigException {
  return new ConfigException("unreadable", sentence, details);
}
