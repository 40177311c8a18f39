// Two minutes before the end a banner appears by the stylesheet alone, and its button loses nothing that was typed.

import { expect, test } from "./journey";
import type { Desk } from "./desk";
import { audit, child } from "./stand/sandbox.mjs";

const banner = (desk: Desk) => desk.page.getByRole("region", { name: "You will be logged out in 2 minutes" });
const stay = (desk: Desk) => desk.page.getByRole("button", { name: "Stay logged in" });

/** Thirteen minutes later, as far as the stylesheet can tell. */
async function laterOn(desk: Desk) {
  await expect(stay(desk), "before that it is out of reach").toBeHidden();
  const delays = await desk.page.evaluate(() =>
    document.getAnimations().map((animation) => {
      const { delay } = animation.effect!.getTiming();
      animation.finish();
      return delay;
    }),
  );
  expect(delays, "two minutes before the fifteen are over").toEqual([780_000]);
  await expect(banner(desk)).toBeVisible();
}

test("Given digits in the form, when the warning comes and they stay logged in, then the digits are still there and nothing is looked up", async ({ desk, stand }) => {
  await desk.startWorkAs("gp-receptionist");
  const audited = (await audit(stand)).length;
  await desk.number.fill("999 000 00");
  await laterOn(desk);
  await stay(desk).click();
  await expect(desk.number).toHaveValue("999 000 00");
  await expect(desk.page.getByRole("alert"), "what is half typed is not judged").toHaveCount(0);
  await expect(banner(desk)).toBeHidden();
  expect(await audit(stand, audited)).toEqual([]);
  await desk.check(child("cpp").nhs_number);
});

test("Given an answer, when the warning comes and they stay logged in, then the same answer stands there", async ({ desk, stand }) => {
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  const [address, audited] = [desk.page.url(), (await audit(stand)).length];
  await laterOn(desk);
  await stay(desk).click();
  await expect(banner(desk)).toBeHidden();
  expect(desk.page.url()).toBe(address);
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
  expect(await audit(stand, audited)).toEqual([]);
});

test("Given a confirm page, when the warning comes and they stay logged in, then the confirm page stands there and nothing was opened", async ({ desk, stand }) => {
  await desk.startWorkAs("ed-nurse");
  await desk.identify(child("bulk-12").nhs_number);
  const [address, audited] = [desk.page.url(), (await audit(stand)).length];
  await laterOn(desk);
  await stay(desk).click();
  await expect(banner(desk)).toBeHidden();
  expect(desk.page.url()).toBe(address);
  expect(await audit(stand, audited)).toEqual([]);
});

for (const [path, persona] of [
  ["/care-setting", "two-settings"],
  ["/role", "two-roles"],
  ["/contacts", "dentist"],
  ["/help", "dentist"],
  ["/privacy", "dentist"],
] as const) {
  test(`Given ${path}, when the warning comes and they stay logged in, then they are back on that page`, async ({ desk }) => {
    await desk.logInAs(persona);
    await expect(desk.page).toHaveTitle(/(Find a child|Choose a (role|care setting)) -/);
    await desk.go(path);
    await laterOn(desk);
    await stay(desk).click();
    await expect(banner(desk)).toBeHidden();
    await expect.poll(() => new URL(desk.page.url()).pathname).toBe(path);
  });
}
