import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** An app of this repository. */
export interface App {
  /** The package's name. */
  readonly name: string;
  /** The program that its build makes, relative to the repository's root. */
  readonly program: string;
}

/** Builds an app where its sources changed, then becomes it, with this process's arguments. stdout is the app's alone: what the build has to say goes to stderr. */
export async function runApp({ name, program }: App): Promise<void> {
  const exitCode = await build(name);
  if (exitCode === 0) become(fileURLToPath(new URL(program, root)), process.argv.slice(2));
  else process.exitCode = exitCode;
}

const root = new URL("..", import.meta.url);

async function build(name: string): Promise<number> {
  const turbo = spawn("turbo", ["run", "build", `--filter=${name}`, "--output-logs=new-only"], {
    cwd: fileURLToPath(root),
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    // The build must not read what is piped in: it is the app's.
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  let announced = false;
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (announced || !output.includes("cache miss")) return;
      announced = true;
      process.stderr.write("Building Chatport; this happens only after its sources change ...\n");
    });
  }
  const [code]: (number | null)[] = await once(turbo, "close");
  if (code === 0) return 0;
  process.stderr.write(`${output}\nChatport could not be built.\n`);
  return code ?? 1;
}

/** Replaces this process, so that the app itself owns the terminal, the pipes, the signals and the exit code. */
function become(script: string, args: readonly string[]): void {
  if (process.platform !== "win32" && process.execve !== undefined) {
    process.execve(process.execPath, [process.execPath, script, ...args], process.env);
  }
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
