// Somebody comes to the desk: the person and the answer go from the screen at once, and come back.

import { expect, test } from "./journey";
import { child } from "./stand/sandbox.mjs";

for (const [persona, page] of [
  ["gp-clinician", "answer"],
  ["ed-nurse", "confirm page"],
] as const) {
  test(`Given a ${page}, when the control is pressed, then the person and the answer are hidden, and shown when it is pressed again`, async ({ desk }) => {
    const { nhs_number, family } = child("cpp");
    await desk.startWorkAs(persona);
    await (persona === "ed-nurse" ? desk.identify(nhs_number) : desk.check(nhs_number));
    const control = desk.page.getByRole("checkbox", { name: "Hide person and answer" });
    await control.focus();
    await desk.page.keyboard.press("Space");
    await expect(desk.banner).toBeHidden();
    await expect(desk.answer.and(desk.page.locator(":visible"))).toHaveCount(0);
    expect(await desk.page.locator("body").innerText()).not.toMatch(new RegExp(`${family}|999 000 0026|On a child protection plan`));
    await expect(desk.main).toContainText("The person and the answer are hidden.");
    await desk.page.keyboard.press("Space");
    await expect(desk.banner).toContainText(family);
  });
}
