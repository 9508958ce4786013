import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfiguration, type Configuration, type LoadOptions } from "../../src/config/index.js";

/** A home folder and a working folder that exist for one test. */
export interface ConfigFolders extends AsyncDisposable {
  readonly home: string;
  readonly cwd: string;
  /** Writes `~/.config/chatport/config.toml`. */
  user(toml: string): Promise<void>;
  /** Writes `./chatport.toml`. */
  project(toml: string): Promise<void>;
  /** Writes any file below the working folder and returns its path. */
  file(name: string, content: string | Uint8Array, mode?: number): Promise<string>;
  load(options?: LoadOptions): Promise<Configuration>;
}

export async function configFolders(): Promise<ConfigFolders> {
  const root = await mkdtemp(join(tmpdir(), "chatport-config-"));
  const home = join(root, "home");
  const cwd = join(root, "work");
  await mkdir(home);
  await mkdir(cwd);
  const write = async (path: string, content: string | Uint8Array, mode = 0o644): Promise<string> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode });
    return path;
  };
  return {
    home,
    cwd,
    user: async (toml) => void (await write(join(home, ".config", "chatport", "config.toml"), toml)),
    project: async (toml) => void (await write(join(cwd, "chatport.toml"), toml)),
    file: (name, content, mode) => write(join(cwd, name), content, mode),
    load: (options = {}) => loadConfiguration({ cwd, home, env: {}, platform: "linux", ...options }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
