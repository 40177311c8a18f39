// What a screen reader hears of every page, kept in the tree: read the difference before accepting it (UPDATE: npx playwright test said -u).

import { expect, test } from "./journey";
import { PAGES } from "./pages";
import type { Desk } from "./desk";

/** Takes out what differs from day to day and from run to run. */
function steady(text: string) {
  return text
    .replace(/\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}(, \d{1,2}:\d\d[ap]m)?/g, (_, _month, time) => (time ? "«date, time»" : "«date»"))
    .replace(/(ref|Reference) \d+-[0-9A-Z]{4}-[0-9A-Z]{4}/g, "$1 «reference»")
    .replace(/Reference [0-9A-F]{8}\b/g, "Reference «reference»")
    .replace(/(text: Reference\n\s*- strong: ).*/g, "$1«reference»")
    .replace(/\b[0-9a-f]{64}\b/g, "«hash»")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "«id»")
    .replace(/\((\d+ (years?|months?|weeks?|days?)( \d+ (months?|days?))?)\)/g, "(«age»)");
}

/** The page with what depends on the hour put in order: which phone line comes first, and is open now (ruling 26). */
async function heard(desk: Desk, whole: boolean) {
  await desk.page.evaluate(() => {
    for (const tag of document.querySelectorAll(".app-tag")) if (tag.textContent === "Open now") tag.remove();
    const starts = (element: Element | null | undefined, words: string) => element?.textContent?.startsWith(words) ?? false;
    for (const row of document.querySelectorAll("dl > div, span > span")) {
      const before = row.previousElementSibling;
      if (starts(row, "Office hours") && starts(before, "Emergency duty team")) before!.before(row);
    }
    // Of a long list of authorities, enough to see how each is said.
    document.querySelectorAll("main section > h3:nth-of-type(n+3), main section > h3:nth-of-type(n+3) ~ dl, main section:nth-of-type(n+3) > [id^=letter]").forEach((one) => one.remove());
    document.querySelectorAll("section:has(> [id^=letter]) ~ section, main section:nth-of-type(n+3):not([aria-label], [aria-labelledby])").forEach((one) => one.remove());
  });
  if (whole) return steady(await desk.page.locator("body").ariaSnapshot());
  const parts = await desk.page.locator("main, body > aside").all();
  return steady((await Promise.all(parts.map((part) => part.ariaSnapshot()))).join("\n"));
}

/** Header, context bar and footer are the same everywhere: they are kept with these. */
const WHOLE = ["start", "find", "role", "answer-told"];

// A registry of its own: nobody else's look-ups stand in the access history.
test.use({ unlike: { purpose: "said" } });

for (const [name, visit] of Object.entries(PAGES)) {
  test(`Given the page ${name}, then it says what it said when it was last read by a person`, async ({ desk }) => {
    await visit(desk, async () => {
      const title = steady(await desk.page.title());
      expect(`# ${title}\n${await heard(desk, WHOLE.includes(name))}\n`).toMatchSnapshot(`${name}.yml`);
    });
  });
}
