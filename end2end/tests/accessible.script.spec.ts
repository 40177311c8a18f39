// axe finds nothing on any page, wide or narrow, and no page has to be scrolled sideways. (axe needs script; the pages are the same without.)

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./journey";
import { PAGES } from "./pages";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// A stand of its own: some pages leave notifications waiting.
test.use({ unlike: { purpose: "accessible" } });

for (const [name, visit] of Object.entries(PAGES)) {
  test(`Given the page ${name}, then axe finds nothing at 1280 and 375 pixels, and it fits into 320`, async ({ desk }) => {
    await visit(desk, async () => {
      for (const width of [1280, 375]) {
        await desk.page.setViewportSize({ width, height: 900 });
        const { violations } = await new AxeBuilder({ page: desk.page }).withTags(RULES).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
        expect.soft(found, `at ${width}`).toEqual([]);
      }
      await desk.page.setViewportSize({ width: 320, height: 640 });
      const wider = await desk.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(wider, "pixels too wide at 320").toBe(0);
    });
  });
}
