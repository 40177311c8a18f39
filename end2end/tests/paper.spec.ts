// The answer on paper: who, what and when, a warning, and nothing that belongs on a screen.

import { expect, test } from "./journey";
import { child } from "./stand/sandbox.mjs";

test("Given an answer, when it is printed, then it says not valid after today, and neither the reader's setting nor any control stands on it", async ({ desk }) => {
  await desk.startWorkAs("sarc-nurse");
  await desk.check(child("cpp").nhs_number);
  await expect(desk.page.getByText("Not valid after today. Do not leave where family can see.")).toBeHidden();
  await desk.page.emulateMedia({ media: "print" });
  await expect(desk.page.getByText("Not valid after today. Do not leave where family can see.")).toBeVisible();
  await expect(desk.banner).toBeVisible();
  await expect(desk.answer).toBeVisible();
  for (const hidden of [desk.context, desk.page.getByRole("navigation", { name: "Account" }), desk.page.getByRole("contentinfo"), desk.page.locator("#session-banner")]) {
    await expect(hidden).toBeHidden();
  }
  for (const control of await desk.page.getByRole("button").all()) await expect(control).toBeHidden();
  expect(await desk.page.locator("body").innerText()).not.toMatch(/sexual assault|Rowan House|DEM03/i);
});

test("Given a restricted child's answer, when it is printed, then the paper does not say which authority is responsible", async ({ desk }) => {
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(child("restricted").nhs_number);
  await expect(desk.answer).toContainText("Manchester City Council");
  expect(await desk.page.getByRole("region", { name: "For the patient record" }).innerText()).not.toContain("Manchester");
  await desk.page.emulateMedia({ media: "print" });
  await expect(desk.answer).toBeVisible();
  expect(await desk.page.locator("body").innerText()).not.toContain("Manchester");
});
