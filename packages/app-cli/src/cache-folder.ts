import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where compiled code is kept: `$XDG_CACHE_HOME/chatport/compiled` (`~/.cache` without it), on Windows below `%LOCALAPPDATA%`. Undefined where no absolute path is
 * known: what lies in a relative one may have come with a cloned folder, and would be run.
 */
export function cacheFolder({ LOCALAPPDATA, XDG_CACHE_HOME }: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = process.platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME;
  if (named !== undefined && isAbsolute(named)) return join(named, "chatport", "compiled");
  const home = homeFolder();
  return home === undefined ? undefined : join(home, ".cache", "chatport", "compiled");
}

/** What HOME says; where that is no absolute path, what the system's list of users says. Each throws for a user who is in no list (https://nodejs.org/api/os.html#osuserinfooptions). */
function homeFolder(): string | undefined {
  for (const find of [homedir, () => userInfo().homedir]) {
    try {
      const folder = find();
      if (isAbsolute(folder)) return folder;
    } catch {
      continue;
    }
  }
  return undefined;
}
