import { existsSync } from "node:fs";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { root } from "./repository.ts";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Copies an example into a directory and links what its manifest names, so that what it does not name is missing here as it would be anywhere. */
export async function installExample(name: string, directory: string): Promise<void> {
  const folder = join(directory, name);
  const source = join(root, "examples", name);
  await cp(source, folder, { recursive: true, filter: (path) => !/[/\\](?:node_modules|dist)$/u.test(path) });
  const manifest: Manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  for (const dependency of new Set([...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }), "@types/node"])) {
    const link = join(folder, "node_modules", dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(placeOf(dependency), link, "junction");
  }
  if (!existsSync(join(folder, "tsconfig.json"))) await writeFile(join(folder, "tsconfig.json"), tsconfig);
}

function placeOf(dependency: string): string {
  const own = /^@chatport\/(.+)$/u.exec(dependency)?.[1];
  if (own !== undefined) return join(root, "packages", own);
  const places = ["", "packages/infrastructure", "packages/app-web"].map((place) => join(root, place, "node_modules", dependency));
  const place = places.find((path) => existsSync(path));
  if (place === undefined) throw new Error(`The workspace has no ${dependency}.`);
  return place;
}

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "ES2023",
    lib: ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable", "ESNext.Disposable"],
    module: "NodeNext",
    moduleResolution: "NodeNext",
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
});

/**
 * The environment with the workspace's tools, and without anything else that would choose a provider or tell vitest where it runs.
 *
 * @param home where the user's configuration would be
 * @param baseUrl an OpenAI-compatible server that is to answer; default: the guide
 */
export function environmentIn(home: string, baseUrl?: string): NodeJS.ProcessEnv {
  const foreign = /_API_KEY$|_BASE_URL$|^CHATPORT_|^VITEST|^NODE_ENV$|^(?:FORCE|NO)_COLOR$/u;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    PATH: `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"]}`,
    NO_COLOR: "1",
    // No configuration of the developer's own.
    XDG_CONFIG_HOME: home,
    ...(baseUrl !== undefined && { OPENAI_BASE_URL: baseUrl, CHATPORT_MODEL: "loopback" }),
  };
}
