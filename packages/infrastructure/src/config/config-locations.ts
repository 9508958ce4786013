import { homedir } from "node:os";
import { isAbsolute, join, posix, resolve, win32 } from "node:path";
import type { ConfigFile } from "./config-file.js";

/** What the configuration is read from, besides its files. Every field defaults to this process's own. */
export interface Surroundings {
  /** The working folder: `./chatport.toml` is looked for here, and only here. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The home folder, for `~`. */
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
}

/** {@link Surroundings} with everything filled in. */
export type KnownSurroundings = Required<Surroundings>;

/** Fills in what the caller left out. */
export function surroundingsOf(given: Surroundings): KnownSurroundings {
  const env = given.env ?? process.env;
  return {
    cwd: given.cwd ?? process.cwd(),
    env,
    home: given.home ?? setting(env, "HOME") ?? homedir(),
    platform: given.platform ?? process.platform,
  };
}

/** An environment variable; one that is set to nothing counts as not set. */
export function setting(env: KnownSurroundings["env"], name: string): string | undefined {
  return env[name] || undefined;
}

/** The user's file and the project's, the lower one first. */
export function usualConfigFiles(surroundings: KnownSurroundings): readonly ConfigFile[] {
  const user = userConfigPath(surroundings);
  return [
    { path: user, shown: abbreviate(user, surroundings), scope: "user" },
    { path: join(surroundings.cwd, "chatport.toml"), shown: "./chatport.toml", scope: "project" },
  ];
}

/** The file that the user named, which takes the place of the usual ones. */
export function chosenConfigFile(name: string, surroundings: KnownSurroundings): ConfigFile {
  return { path: resolve(surroundings.cwd, expandHome(name, surroundings)), shown: name, scope: "chosen" };
}

/** `~/x` as a path. */
export function expandHome(path: string, { home }: Pick<KnownSurroundings, "home">): string {
  return /^~(?=[/\\]|$)/.test(path) ? join(home, path.slice(1)) : path;
}

/**
 * `$XDG_CONFIG_HOME/chatport/config.toml` on every Unix, macOS too (XDG Base Directory Specification 0.8: a relative value is invalid and ignored; without one
 * it is `~/.config`), and `%APPDATA%\chatport\config.toml` on Windows.
 */
function userConfigPath({ env, home, platform }: KnownSurroundings): string {
  if (platform === "win32") {
    return win32.join(setting(env, "APPDATA") ?? win32.join(home, "AppData", "Roaming"), "chatport", "config.toml");
  }
  const folder = setting(env, "XDG_CONFIG_HOME");
  return posix.join(folder !== undefined && isAbsolute(folder) ? folder : posix.join(home, ".config"), "chatport", "config.toml");
}

/**
 * What this program remembers by itself: `$XDG_STATE_HOME/chatport` on every Unix (XDG Base Directory Specification 0.8; `~/.local/state` without it), and
 * `%LOCALAPPDATA%\chatport` on Windows.
 */
export function stateFolder({ env, home, platform }: KnownSurroundings): string {
  if (platform === "win32") return win32.join(setting(env, "LOCALAPPDATA") ?? win32.join(home, "AppData", "Local"), "chatport");
  const folder = setting(env, "XDG_STATE_HOME");
  return posix.join(folder !== undefined && isAbsolute(folder) ? folder : posix.join(home, ".local", "state"), "chatport");
}

/** A path below the home folder with `~`, as people write it. */
export function abbreviate(path: string, { home, platform }: Pick<KnownSurroundings, "home" | "platform">): string {
  return platform !== "win32" && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
