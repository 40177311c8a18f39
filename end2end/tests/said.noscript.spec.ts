// What a screen reader hears of every page, kept in the tree: read the difference before accepting it (UPDATE: npx playwright test said -u).

import { expect, test } from "./journey";
import { PAGES } from "./pages";
import type { Desk } from "./desk";

/** Takes out what differs from day to day and from run to run. */
function steady(text: string) {
  return text
    .replace(/\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}(, \d{1,2}:\d\d[ap]m)?/g, (_, _month, time) => (time ? "«date, time»" : "«date»"))
    .replace(/(ref|Reference) \d+-[0-9A-Z]{4}-[0-9A-Z]{4}/g, "$1 «reference»")
    .replace(/Reference ([0-9A-F]{8})\b/g, "Reference «reference»")
    .replace(/strong: \d+-[0-9A-Z]{4}-[0-9A-Z]{4}|strong: "?[0-9A-F]{8}"?/g, "strong: «reference»")
    .replace(/\b[0-9a-f]{64}\b/g, "«hash»")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "«id»")
    .replace(/\((\d+ (years|months|weeks|days)( \d+ (months|days))?)\)/g, "(«age»)");
}

/** The same with the two phone lines always in one order: which comes first depends on the hour (ruling 26). */
async function heard(desk: Desk) {
  await desk.page.evaluate(() => {
    for (const tag of document.querySelectorAll(".app-tag")) if (tag.textContent === "Open now") tag.remove();
    const rows = [...document.querySelectorAll("dl > div, span")].filter((row) => row.firstElementChild?.textContent?.startsWith("Office hours") || /^Office hours: /.test(row.textContent ?? ""));
    for (const office of rows) {
      const before = office.previousElementSibling;
      if (before && /^Emergency duty team/.test(before.textContent ?? "")) before.before(office);
    }
  });
  return steady(await desk.page.locator("body").ariaSnapshot());
}

for (const [name, visit] of Object.entries(PAGES)) {
  test(`Given the page ${name}, then it says what it said when it was last read by a person`, async ({ desk }) => {
    await visit(desk, async () => {
      const title = steady(await desk.page.title());
      expect(`# ${title}\n${await heard(desk)}\n`).toMatchSnapshot(`${name}.yml`);
    });
  });
}
