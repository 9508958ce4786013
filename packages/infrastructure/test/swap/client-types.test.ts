import { beforeAll, describe, expect, test } from "vitest";
import { type CheckedBody, clientComplaints } from "./client-complaints.js";
import type { ClientRequestTypes } from "./client-request-types.js";
import { chainsOf, wayBack } from "./swap-chains.js";
import { bodyAfter, pairsOf } from "./swap-pairs.js";
import { swapVendors } from "./swap-vendors.js";
import { typeComplaints } from "../support/type-complaints.js";
import { withNumbersForTexts, withUnknownFields } from "./wrong-bodies.js";

const pairs = pairsOf(swapVendors);
const chains = chainsOf(swapVendors).filter(({ vendors }) => new Set(vendors.map(({ clientType }) => clientType)).size === 3);
const fieldsBeyond = swapVendors.flatMap((vendor) =>
  (vendor.beyondType ?? []).map((field) => ({ vendor, field, name: `${field.path} of ${vendor.name}` })),
);
/** A vendor for each of the types. */
const typed = swapVendors.filter(({ clientType }, index) => swapVendors.findIndex((vendor) => vendor.clientType === clientType) === index);
const mistakes = [
  { mistake: "an unknown field", wrongBodies: withUnknownFields },
  { mistake: "a number in place of a text", wrongBodies: withNumbersForTexts },
];
const wrongs = typed.flatMap((vendor) => mistakes.map((each) => ({ ...each, vendor, name: `${each.mistake} for ${vendor.name}` })));

/** What the compiler says of a body, by the name of what is checked. */
const complaints = new Map<string, readonly string[]>();
/** Where the bodies with a mistake have it. */
const places = new Map<string, readonly string[]>();

beforeAll(async () => {
  const bodies: CheckedBody[] = [];
  for (const { from, to, name } of pairs) bodies.push({ ...to, name, body: await bodyAfter(from, to) });
  for (const chain of chains) bodies.push({ ...chain.vendors[0], name: chain.name, body: (await wayBack(chain)).body });
  for (const { vendor, wrongBodies, name } of wrongs) {
    const wrong = wrongBodies(await bodyAfter(vendor, vendor));
    places.set(
      name,
      wrong.map(({ path }) => path),
    );
    for (const { path, body } of wrong) bodies.push({ ...vendor, name: `${name} at ${path}`, body });
  }
  for (const { vendor, field, name } of fieldsBeyond) {
    const body = await bodyAfter(vendor, vendor);
    const others = (vendor.beyondType ?? []).filter((other) => other !== field);
    bodies.push({ ...vendor, name: `without ${name}`, body, beyondType: others });
    bodies.push({ ...vendor, name: `another ${name}`, body, beyondType: [...others, { ...field, type: "boolean" }] });
  }
  const found = await clientComplaints(bodies);
  for (const [index, { name }] of bodies.entries()) complaints.set(name, found[index] ?? ["It was not checked."]);
}, 120_000);

describe("the types of the target's own client take the request", () => {
  test.each([...pairs, ...chains])("from $name", ({ name }) => {
    const found = complaints.get(name);
    expect(found, found?.join("\n")).toEqual([]);
  });
});

/** Arguments, results and schemas: where the types take any JSON, and find nothing. */
const anyJson: Readonly<Record<keyof ClientRequestTypes, RegExp>> = {
  "chat/completions": /\.parameters\./u,
  responses: /\.parameters\./u,
  messages: /\.input\.|\.input_schema\.(?:unknown$|properties\.)/u,
  generateContent: /\.(?:args|response|parametersJsonSchema)\./u,
  "api/chat": /\.arguments\./u,
};

test.each(wrongs)("the types find $name wherever it stands", ({ vendor, name }) => {
  const found = (places.get(name) ?? []).filter((path) => {
    // Of members of a union the compiler names now and then the neighbouring field, which is in the same message all the same.
    const [message = path] = /^[^.]+/u.exec(path) ?? [];
    return complaints.get(`${name} at ${path}`)?.some((complaint) => complaint.includes(`${name} at ${path}: ${message}`));
  });
  expect(found).toEqual(places.get(name)?.filter((path) => !anyJson[vendor.clientType].test(path)));
  expect(found.length).toBeGreaterThan(20);
});

describe("a field that the types lack", () => {
  test.each(fieldsBeyond)("is needed: $name", ({ name, field }) => {
    const found = (complaints.get(`without ${name}`) ?? []).map((complaint) => complaint.replaceAll(/\[\d+\]/gu, "[]"));
    expect(found).not.toEqual([]);
    for (const complaint of found) expect(complaint).toContain(`without ${name}: ${field.path}: `);
  });

  test.each(fieldsBeyond)("is of a type all the same: $name", ({ name, field }) => {
    const [complaint = ""] = complaints.get(`another ${name}`) ?? [];
    expect(complaint.replaceAll(/\[\d+\]/gu, "[]")).toContain(`another ${name}: ${field.path}`);
    expect(complaint).toContain("is not assignable to type 'boolean'");
  });
});

test("a type that is not there is an error, and none that takes everything", async () => {
  const imports = 'import type { Request } from "no-such-client";';
  await expect(typeComplaints(imports, [{ type: "Request", value: 1 }])).rejects.toThrow(/do not compile: .*no-such-client/u);
});
