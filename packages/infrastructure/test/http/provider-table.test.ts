import type { StandardSchemaV1 } from "@chatport/domain";
import * as z from "zod/mini";
import { describe, expect, test } from "vitest";
import { normalizeBaseUrl } from "../../src/http/base-url.js";
import {
  baseUrlField,
  connectionFields,
  countField,
  headersField,
  modelField,
  oneOfField,
  strictTable,
} from "../../src/http/provider-table.js";

const form = { example: "https://api.acme.example", appendedPath: "/v1/chat" };
const table = strictTable({
  model: modelField("acme-1"),
  baseUrl: z.exactOptional(baseUrlField(form)),
  words: z.exactOptional(countField("a number of words")),
  side: oneOfField("left", "right"),
  ...connectionFields,
  headers: z.exactOptional(headersField("x-api-key")),
});

/** As the configuration's loader sees it: the table, or what is wrong with it. */
async function read(given: object, schema: StandardSchemaV1 = table) {
  const result = await schema["~standard"].validate({ model: "m", ...given });
  if (result.issues === undefined) return result.value;
  return result.issues.map(({ path = [], message }) => `${path.map(String).join(".")}: ${message}`);
}

describe("a table of an adapter's own, made of the shared fields", () => {
  test("is read as it is, with its base URL in the form that paths are appended to", async () => {
    const given = { apiKey: "env:ACME_API_KEY", headers: { authorization: "Basic x" }, retry: false, limits: { lineChars: 9 }, words: 1 };
    expect(await read({ ...given, baseUrl: "https://acme.example/api//" })).toEqual({
      model: "m",
      ...given,
      baseUrl: "https://acme.example/api",
    });
  });

  test.each([
    [{ baseUrl: "acme" }, "baseUrl: The base URL must be a whole URL, such as https://api.acme.example."],
    [{ baseUrl: "https://acme.example/v1/chat/" }, "baseUrl: The base URL must end before /v1/chat, which is appended to it."],
    [{ headers: { "X-API-Key": "k" } }, "headers: Set apiKey instead of the header x-api-key."],
    [{ side: "middle" }, 'side: Expected "left" or "right".'],
    [{ words: 0 }, "words: Expected a number of words."],
    [{ model: "" }, 'model: Expected the model\'s id, such as "acme-1".'],
    [{ wurds: 1 }, ": Unknown: wurds. Known: model, baseUrl, words, side, apiKey, headers, deadlines, limits, retry."],
  ])("tells what is wrong with %j", async (given, problem) => {
    expect(await read(given)).toEqual([problem]);
  });

  test.each(["sk-123", "env:", "command:", "command:pass show x", "command:[]", 'command:[""]', 'command:["a", 5]', 'command:["a"'])(
    "refuses what is no reference: %s",
    async (apiKey) => {
      expect(await read({ apiKey })).toEqual([expect.stringMatching(/^apiKey: Expected a reference to the key/u)]);
    },
  );

  test.each(['command:["pass", "show", "a \\"b\\" \\u0041"]', 'command: [ "az" , "" ] ', "file:~/key"])(
    "takes the reference %s",
    async (apiKey) => {
      expect(await read({ apiKey })).toEqual({ model: "m", apiKey });
    },
  );

  test("refuses the Authorization header unless the key travels in another", async () => {
    expect(await read({ headers: { authorization: "Bearer x" } }, strictTable({ model: z.string(), ...connectionFields }))).toEqual([
      "headers: Set apiKey instead of the header Authorization.",
    ]);
  });
});

test("a base URL that is none is refused in code as well, and is not repeated", () => {
  expect(() => normalizeBaseUrl("https://user:canary@acme.example", form)).toThrow(/^The base URL must not hold a user name/u);
  expect(() => normalizeBaseUrl("ftp://canary.example", form)).toThrow(/^(?!.*canary)/u);
});
