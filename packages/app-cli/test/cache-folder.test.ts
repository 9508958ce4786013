import { userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { cacheFolder } from "../src/cache-folder.js";

afterEach(() => void vi.unstubAllEnvs());

const compiled = join("chatport", "compiled");

test.each(["", ".", "home"])("compiled code is not looked for in the working folder, although HOME is %j", (home) => {
  vi.stubEnv("HOME", home);
  vi.stubEnv("USERPROFILE", home);
  expect(cacheFolder({})).toBe(join(userInfo().homedir, ".cache", compiled));
});

test.each(["", ".", ".cache"])("nor where a variable names it by the relative path %j", (folder) => {
  vi.stubEnv("HOME", "/home/me");
  vi.stubEnv("USERPROFILE", "/home/me");
  expect(cacheFolder({ XDG_CACHE_HOME: folder, LOCALAPPDATA: folder })).toBe(join("/home/me/.cache", compiled));
});

test("an absolute path is taken as it is", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "/cache", LOCALAPPDATA: "/cache" })).toBe(join("/cache", compiled));
});
