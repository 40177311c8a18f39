// A picture of every page, wide and narrow.

import { join } from "node:path";
import { test } from "./journey";
import { PAGES } from "./pages";
import { TESTS } from "./stand/programs.mjs";

for (const [name, visit] of Object.entries(PAGES)) {
  test(`a picture of ${name}`, async ({ desk }) => {
    await visit(desk, async () => {
      for (const width of [1280, 375]) {
        await desk.page.setViewportSize({ width, height: width === 375 ? 812 : 900 });
        await desk.page.screenshot({ path: join(TESTS, `results/screens/${name}-${width}.png`), fullPage: true });
      }
    });
  });
}
