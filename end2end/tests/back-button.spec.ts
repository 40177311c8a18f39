// Back after log-out, in a browser that keeps whole pages in memory (bfcache), which the other journeys switch off.

import { chromium } from "@playwright/test";
import { Desk } from "./desk";
import { expect, test as base } from "./journey";
import { launchOptions } from "./stand/browser.mjs";
import { child } from "./stand/sandbox.mjs";

const test = base.extend<{ keeping: Desk }>({
  keeping: async ({ stand, seen, javaScriptEnabled }, use) => {
    const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
    const context = await browser.newContext({ javaScriptEnabled });
    seen.watch(context);
    await use(new Desk(await context.newPage(), stand, seen));
    await browser.close();
  },
});

/** Goes back without waiting for a request, since a page from memory asks for nothing. */
async function back(desk: Desk) {
  const session = await desk.page.context().newCDPSession(desk.page);
  const { currentIndex, entries } = await session.send("Page.getNavigationHistory");
  await session.send("Page.navigateToHistoryEntry", { entryId: entries[currentIndex - 1].id });
  await session.detach();
  return entries[currentIndex - 1].url;
}

const mark = (desk: Desk) => desk.page.evaluate(() => void ((window as never as { kept: boolean }).kept = true));
const isMarked = (desk: Desk) => desk.page.evaluate(() => (window as never as { kept?: boolean }).kept === true);

test("Given a page that may be kept, when this browser goes back to it, then it comes from memory: the other journeys here prove something", async ({ keeping, stand }) => {
  await keeping.page.goto(`${stand.sandbox}/children.json`);
  await mark(keeping);
  await keeping.page.goto(`${stand.sandbox}/inbox.json`);
  await back(keeping);
  await expect.poll(() => isMarked(keeping)).toBe(true);
});

for (const [how, leave] of [
  ["from the answer", async () => undefined],
  ["from the form they went on to", async (desk: Desk) => {
    await desk.page.getByRole("link", { name: "Check another child" }).click();
    await expect(desk.number).toBeVisible();
  }],
] as const) {
  test(`Given an answer, when its reader logs out ${how} and goes back, then no page shows the child`, async ({ keeping }) => {
    const { nhs_number, family } = child("cpp");
    await keeping.startWorkAs("gp-clinician");
    await keeping.check(nhs_number);
    await leave(keeping);
    await keeping.logOut();
    for (;;) {
      const to = await back(keeping);
      await expect.poll(() => keeping.page.url()).not.toBe("");
      if (!to.startsWith(keeping.stand.portal)) break;
      await expect(keeping.page.getByRole("link", { name: "Log in with Care Identity" })).toBeVisible();
      await expect(keeping.page.locator("body")).not.toContainText(new RegExp(`${family}|999 000 0026|Log out`));
    }
  });
}
