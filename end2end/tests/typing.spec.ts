// What people type instead of an NHS number: each mistake has its own words, and nothing typed is lost or shown in an address.

import { expect, test } from "./journey";
import { audit, child } from "./stand/sandbox.mjs";

const GOOD = ["999 000 0026", "999-000-0026", " 9990000026 ", "999 0000026", "9990 000 026", "999\u00a0000\u00a00026", "999–000–0026"];
const MISTAKES: Record<string, [typed: string, words: string]> = {
  nothing: ["", "Enter an NHS number"],
  "only spaces": ["   ", "Enter an NHS number"],
  letters: ["999OOOOO26", "NHS number must only include the numbers 0 to 9. Spaces and dashes are fine"],
  "a name": ["Maisie Ashworth", "NHS number must only include the numbers 0 to 9. Spaces and dashes are fine"],
  "too few digits": ["999 000 002", "NHS number must have 10 digits. You have entered too few"],
  "too many digits": ["999 000 0026 1", "NHS number must have 10 digits. You have entered too many"],
  "two digits swapped": ["999 000 0062", "Check the NHS number. It is not a possible NHS number, so a digit may be wrong or two may be swapped"],
  "a National Insurance number": ["QQ 12 34 56 C", "Enter an NHS number. This looks like a National Insurance number"],
  "an old NHS number": ["ABC 123", "NHS number must only include the numbers 0 to 9. Spaces and dashes are fine"],
};

test("Given a number with spaces or dashes, when it is entered, then it is understood", async ({ desk }) => {
  await desk.startWorkAs("gp-clinician");
  for (const typed of GOOD) {
    await test.step(JSON.stringify(typed), async () => {
      await desk.check(typed);
      await expect(desk.banner).toContainText("999 000 0026");
      await desk.go("/find");
    });
  }
});

test("Given each mistake, when it is entered, then the page says what is wrong, leads to the field, keeps what was typed, and looks nobody up", async ({
  desk,
  stand,
}) => {
  await desk.startWorkAs("gp-clinician");
  const audited = (await audit(stand)).length;
  for (const [mistake, [typed, words]] of Object.entries(MISTAKES)) {
    await test.step(mistake, async () => {
      await desk.enter(typed);
      await expect(desk.page).toHaveTitle("Error: Find a child - Check child protection information");
      const summary = desk.page.getByRole("alert");
      await expect(summary).toContainText("There is a problem");
      await expect(summary).toBeFocused();
      await expect(desk.number).toHaveValue(typed);
      await expect(desk.number).toHaveAttribute("aria-invalid", "true");
      await expect(desk.number).toHaveAccessibleDescription(new RegExp(words.replace(/[.?]/g, ".")));
      expect(new URL(desk.page.url()).search).toMatch(/^\?form=[0-9a-f-]{36}$/);
      await summary.getByRole("link", { name: words }).click();
      await expect(desk.number).toBeFocused();
      await desk.go("/find");
    });
  }
  expect(await audit(stand, audited)).toEqual([]);
});

test("Given a mistake, when it is put right on the page that says so, then the answer comes", async ({ desk }) => {
  await desk.startWorkAs("gp-receptionist");
  await desk.enter("999 000 0062");
  await desk.check(child("cpp").nhs_number);
  await expect(desk.banner).toContainText("ASHWORTH");
});

test("Given a page with an error, when it is loaded again, then it is a clean form: what was typed is given back once", async ({ desk }) => {
  await desk.startWorkAs("gp-receptionist");
  await desk.enter("999 000 0062");
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await desk.page.reload();
  await expect(desk.page).toHaveTitle("Find a child - Check child protection information");
  await expect(desk.number).toHaveValue("");
});

test("Given words made to look like a page, when they are entered, then they are only words", async ({ desk }) => {
  await desk.startWorkAs("gp-clinician");
  const typed = `"><img src=x onerror=alert(1)><b>`;
  await desk.enter(typed);
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await expect(desk.number).toHaveValue(typed);
  await expect(desk.page.locator("img, main b")).toHaveCount(0);
});

test("Given a practice that asks for the date of birth, when it is missing, impossible or another's, then nothing of the person is shown", async ({ desk, stand }) => {
  const { nhs_number, family } = child("born-mismatch");
  const born = async (day: string, month: string, year: string) => {
    await desk.number.fill(nhs_number);
    await desk.page.getByLabel("Day").fill(day);
    await desk.page.getByLabel("Month").fill(month);
    await desk.page.getByLabel("Year").fill(year);
    await desk.page.getByRole("button", { name: "Check" }).click();
  };
  const summary = desk.page.getByRole("alert");
  await desk.startWorkAs("gp-careful");
  const audited = (await audit(stand)).length;
  await born("", "", "");
  await expect(summary.getByRole("link")).toHaveText(["Enter the date of birth"]);
  await born("31", "2", "2019");
  await expect(summary.getByRole("link")).toHaveText(["Date of birth must be a real date, for example 6 8 2018"]);
  await expect(desk.page.getByLabel("Day")).toHaveValue("31");
  expect(await audit(stand, audited)).toEqual([]);
  await born("15", "3", "2019");
  await expect(summary.getByRole("link")).toHaveText(["The date of birth does not match the one held for this NHS number. Check both"]);
  await summary.getByRole("link").click();
  await expect(desk.page.getByLabel("Day")).toBeFocused();
  expect(await desk.page.content()).not.toContain(family);
  expect((await audit(stand, audited)).map(({ answer }) => answer)).toEqual(["date-of-birth-differs"]);
  await born("14", "3", "2019");
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
  await expect(desk.banner).toContainText(family);
});
