import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfiguration, type Configuration, type LoadOptions } from "../../src/config/index.js";
import { createTrustStore } from "../../src/config/trust-store.js";

/** A home folder and a working folder that exist for one test. */
export interface ConfigFolders extends AsyncDisposable {
  readonly home: string;
  readonly cwd: string;
  /** Writes `~/.config/chatport/config.toml`. */
  user(toml: string): Promise<void>;
  /** Writes `./chatport.toml`, which the user trusts. */
  project(toml: string | Uint8Array): Promise<void>;
  /** Writes `./chatport.toml`, which came from somebody else. */
  untrusted(toml: string): Promise<void>;
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
  const surroundings = { cwd, home, env: {}, platform: "linux" } as const;
  return {
    home,
    cwd,
    user: async (toml) => void (await write(join(home, ".config", "chatport", "config.toml"), toml)),
    async project(toml) {
      const path = await write(join(cwd, "chatport.toml"), toml);
      await createTrustStore(surroundings).add(path, typeof toml === "string" ? new TextEncoder().encode(toml) : toml);
    },
    untrusted: async (toml) => void (await write(join(cwd, "chatport.toml"), toml)),
    file: (name, content, mode) => write(join(cwd, name), content, mode),
    load: (options = {}) => loadConfiguration({ ...surroundings, localProbes: [], ...options }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
