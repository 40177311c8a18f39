// One key hides the person and the answer, whatever has the focus.

import { expect, needsTheBundle, test } from "./journey";
import { child } from "./stand/sandbox.mjs";

needsTheBundle();

test("Given an answer, when Escape is pressed, then the person and the answer are hidden and that is spoken; again, and they are back", async ({ desk }) => {
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  await expect
    .poll(async () => {
      await desk.page.keyboard.press("Escape");
      return desk.banner.isHidden();
    })
    .toBe(true);
  await expect(desk.answer).toBeHidden();
  await expect(desk.main.getByRole("status").filter({ hasText: "Person and answer hidden" })).toHaveCount(1);
  await desk.page.keyboard.press("Escape");
  await expect(desk.banner).toBeVisible();
  await expect(desk.answer).toBeVisible();
});

test("Given an answer, when the receipt is copied, then the clipboard holds time and reference, and with the answer only on the second button", async ({ desk, stand }) => {
  await desk.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: stand.portal });
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  const receipt = desk.page.getByRole("region", { name: "For the patient record" });
  const clipboard = () => desk.page.evaluate(() => navigator.clipboard.readText());
  await receipt.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(receipt.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
  expect(await clipboard()).toMatch(/^CP-IS checked \d+ \w+ \d{4}, \d+:\d\d[ap]m · ref \d+-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await receipt.getByRole("button", { name: "Copy with the answer" }).click();
  await expect.poll(clipboard).toContain("On a child protection plan");
  expect(await clipboard()).not.toMatch(/ASHWORTH|999/);
});
