// With script the warning counts down, is spoken, and its button keeps the page where it is.

import { expect, needsTheBundle, test } from "./journey";
import { Desk } from "./desk";
import { child, endAtProvider } from "./stand/sandbox.mjs";

needsTheBundle();

const banner = (desk: Desk) => desk.page.getByRole("region", { name: "You will be logged out in 2 minutes" });
const stay = (desk: Desk) => desk.page.getByRole("button", { name: "Stay logged in" });

/** From the log-in to the find form, on a clock of the test's own; ends once the islands are awake. */
async function atWork(desk: Desk, persona: string) {
  await desk.page.clock.install();
  await desk.startWorkAs(persona);
  await awake(desk);
}

/** Lets the clock run until the timer's island has taken the banner over from the stylesheet. */
async function awake(desk: Desk) {
  const taken = () => desk.page.locator("#session-banner").evaluate((element: HTMLElement) => element.hidden);
  await expect
    .poll(async () => {
      await desk.page.clock.runFor(100);
      return taken();
    })
    .toBe(true);
}

test("Given digits in the form, when thirteen minutes pass, then the warning counts down and speaks; staying keeps the digits, the page and the focus", async ({ desk, seen }) => {
  await atWork(desk, "gp-receptionist");
  await desk.number.fill("999 000 00");
  await desk.page.clock.runFor("12:40");
  await expect(banner(desk)).toBeHidden();
  await desk.page.clock.runFor("00:30");
  await expect(banner(desk)).toBeVisible();
  await expect(banner(desk)).toContainText(/Time left: 1 minute \d+ seconds/);
  await expect(banner(desk).getByRole("status")).toHaveText(/You will be logged out in (2 minutes|1 minute)/);

  const posted = seen.posts().length;
  const address = desk.page.url();
  await desk.number.focus();
  await stay(desk).click();
  await expect.poll(() => seen.posts().slice(posted)).toEqual(["/session"]);
  await expect(banner(desk)).toBeHidden();
  expect(desk.page.url()).toBe(address);
  await expect(desk.number).toHaveValue("999 000 00");
  await expect(desk.number).toBeFocused();
});

test("Given an answer, when fifteen minutes pass, then the page leaves by itself and nothing of the child is left to go back to", async ({ desk }) => {
  await atWork(desk, "gp-clinician");
  await desk.check(child("cpp").nhs_number);
  await awake(desk);
  await desk.page.clock.runFor("15:05");
  await expect.poll(() => new URL(desk.page.url()).pathname).toBe("/timed-out");
  await expect(desk.heading).toBeVisible();
  expect(await desk.page.content()).not.toContain("ASHWORTH");
});

test("Given a session that ended elsewhere, when the button of the warning is pressed, then the page leaves for the one that says so", async ({ desk, stand }) => {
  await atWork(desk, "dentist");
  await desk.page.clock.runFor("13:10");
  await expect(banner(desk)).toBeVisible();
  await endAtProvider(stand, "dentist");
  await stay(desk).click();
  await expect(desk.heading).toHaveText("You were logged out");
});

test("Given the warning in two tabs, when they stay logged in by one, then it goes from both", async ({ desk, stand }) => {
  await atWork(desk, "camhs-nurse");
  const other = new Desk(await desk.page.context().newPage(), stand, desk.seen);
  await other.go("/find");
  await awake(other);
  await desk.page.clock.runFor("13:10");
  await expect(banner(desk)).toBeVisible();
  await expect(banner(other)).toBeVisible();
  await stay(other).click();
  await expect(banner(other)).toBeHidden();
  await expect(banner(desk)).toBeHidden();
});
