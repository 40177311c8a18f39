// The number is checked as it is typed: politely, and never in the way.

import { expect, needsTheBundle, test } from "./journey";
import type { Desk } from "./desk";
import { child } from "./stand/sandbox.mjs";

needsTheBundle();

const said = (desk: Desk) => desk.page.locator("#nhs_number-check");

test("Given the form, when digits are typed one by one, then nothing is said before the tenth, then whether they can be a number", async ({ desk }) => {
  await desk.startWorkAs("gp-receptionist");
  await expect
    .poll(async () => {
      await desk.number.fill("9990000062");
      return said(desk).innerText();
    })
    .toContain("a digit may be wrong or two may be swapped");
  await desk.number.fill("");
  for (const digit of "999000002") {
    await desk.number.press(digit);
    await expect(said(desk)).toHaveText(/^\s*$/);
  }
  await desk.number.press("6");
  await expect(said(desk)).toHaveText("10 digits, check digit matches");
  await desk.number.press("1");
  await expect(said(desk)).toHaveText("NHS number must have 10 digits. You have entered too many");
});

test("Given a number the page warns of, when Enter is pressed all the same, then the server has the last word", async ({ desk }) => {
  await desk.startWorkAs("gp-receptionist");
  await desk.enter("9990000062");
  await expect(desk.page.getByRole("alert")).toContainText("It is not a possible NHS number");
  await desk.check(child("cpp").nhs_number);
});
