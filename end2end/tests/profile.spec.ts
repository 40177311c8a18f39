// The browser's own folder after a whole day of work and a log-out: for `privacy.after.spec.ts` to search.

import { chromium } from "@playwright/test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Desk } from "./desk";
import { expect, test } from "./journey";
import { launchOptions } from "./stand/browser.mjs";
import { child } from "./stand/sandbox.mjs";

test("Given a browser with a folder of its own, when somebody works and logs out, then the folder is there to be searched", async ({ stand, seen, javaScriptEnabled }) => {
  const folder = join(stand.folder, "profile");
  rmSync(folder, { recursive: true, force: true });
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    javaScriptEnabled,
    ignoreDefaultArgs: ["--disable-back-forward-cache", "--incognito"],
  });
  seen.watch(context);
  const desk = new Desk(context.pages()[0] ?? (await context.newPage()), stand, seen);
  await desk.startWorkAs("gp-receptionist");
  await desk.enter("999 000 0062");
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await desk.check(child("cpp").nhs_number);
  await desk.logOut();
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(child("bulk-09").nhs_number);
  await desk.page.reload();
  await desk.go("/find");
  await desk.number.fill(child("lac").nhs_number);
  await desk.logOut();
  await context.close();
});
