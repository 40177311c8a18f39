// After all journeys: no NHS number, no child's name and no secret in any log, address, title, or the browser's own folder.

import { expect, test } from "@playwright/test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { demonstration, TESTS } from "./stand/programs.mjs";

const EVIDENCE = join(TESTS, "results/evidence");
const stands = existsSync(EVIDENCE) ? readdirSync(EVIDENCE).map((name) => join(EVIDENCE, name)) : [];

const numbers = demonstration.children.map(({ nhs_number }: { nhs_number: string }) => nhs_number);
const families = demonstration.children.map(({ family }: { family?: string }) => family).filter(Boolean) as string[];
const given = demonstration.children.map(({ given }: { given?: string }) => given).filter((name: string) => name && name.length > 4) as string[];

/** Each number as ten digits and in its groups, with whatever stands between them. */
const NUMBERS = new RegExp(numbers.map((number: string) => [number.slice(0, 3), number.slice(3, 6), number.slice(6)].join("(?:[ \\-+_]|%20|%2D)?")).join("|"));
const NAMES = new RegExp(`\\b(${[...families, ...given].map((name) => name.replace(/[-']/g, ".")).join("|")})\\b`, "i");

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.isFile() ? [path] : [];
  });
}

const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
const secrets = () => [...new Set(stands.flatMap((stand) => read(join(stand, "secrets")).split("\n")).filter((line) => line.length >= 16))];

/** The first line that holds what must not be there, shortened. */
function found(text: string, pattern: RegExp) {
  const at = text.search(pattern);
  return at < 0 ? undefined : text.slice(Math.max(0, at - 60), at + 60);
}

test("Given all journeys, then there is evidence to search: without it the rest here would prove nothing", () => {
  expect(stands.length).toBeGreaterThan(0);
  const lines = (name: string) => stands.flatMap((stand) => read(join(stand, name)).split("\n")).filter(Boolean).length;
  expect(lines("server.log")).toBeGreaterThan(20);
  expect(lines("addresses")).toBeGreaterThan(20);
  expect(lines("titles")).toBeGreaterThan(5);
  expect(secrets().length).toBeGreaterThan(0);
  expect(found("x 999 000 0026 y", NUMBERS)).toBeTruthy();
  expect(found("x maisie y", NAMES)).toBeTruthy();
});

for (const name of ["server.log", "sandbox.log", "addresses", "titles"]) {
  test(`Given all journeys, then ${name} holds no NHS number, no child's name and no secret`, () => {
    for (const stand of stands) {
      const text = read(join(stand, name));
      expect.soft(found(text, NUMBERS), stand).toBeUndefined();
      expect.soft(found(text, NAMES), stand).toBeUndefined();
    }
    const all = stands.map((stand) => read(join(stand, name))).join("\n");
    expect(secrets().filter((secret) => all.includes(secret))).toEqual([]);
  });
}

test("Given all journeys, then no address but the way back from the log-in service carries a code", () => {
  const addresses = stands.flatMap((stand) => read(join(stand, "addresses")).split("\n")).filter((line) => /[?&](code|id_token|access_token|token)=/.test(line));
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) expect(new URL(address).pathname).toBe("/log-in/callback");
});

test("Given a browser that was worked in and logged out of, then its folder holds no NHS number, no child's name and no secret", () => {
  const profiles = stands.map((stand) => join(stand, "profile")).filter(existsSync);
  test.skip(profiles.length === 0, "the journey of profile.spec.ts was not among those run");
  const known = secrets();
  for (const profile of profiles) {
    const all = files(profile);
    expect(all.length).toBeGreaterThan(20);
    const portal = read(join(profile, "..", "addresses")).split("\n")[0];
    expect(all.some((path) => readFileSync(path).includes(new URL(portal).host)), "the folder is the one that was used").toBe(true);
    for (const path of all) {
      const bytes = readFileSync(path);
      for (const text of [bytes.toString("latin1"), bytes.toString("utf16le"), bytes.subarray(1).toString("utf16le")]) {
        expect.soft(found(text, NUMBERS), path).toBeUndefined();
        // Given names are also words of the browser's own dictionaries and lists.
        expect.soft(found(text, new RegExp(`\\b(ASHWORTH|${families.filter((name) => name.length > 8).join("|").replace(/[-']/g, ".")})\\b`)), path).toBeUndefined();
        expect.soft(known.filter((secret) => text.includes(secret)), path).toEqual([]);
      }
    }
  }
});
