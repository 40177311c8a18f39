// The portal is complete without the browser bundle: no page asks for a script.

import { join } from "node:path";
import { expect, test } from "./journey";
import { TESTS } from "./stand/programs.mjs";
import { child } from "./stand/sandbox.mjs";

test.use({ unlike: { site: join(TESTS, "no-such-folder") } });

test("Given a portal without the browser bundle, when a silent and a notifying look-up are made, then both work and no script is asked for", async ({ desk, seen }) => {
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  await desk.logOut();
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(child("cpp").nhs_number);
  await desk.logOut();
  expect(seen.requests.filter(({ url }) => /\.(js|wasm)$/.test(url))).toEqual([]);
});
