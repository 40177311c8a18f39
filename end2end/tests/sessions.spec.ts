// How a session ends, and what is left of it: nothing on the screen, and nothing typed is lost.

import { expect, test } from "./journey";
import type { Desk } from "./desk";
import { audit, child, endAtProvider } from "./stand/sandbox.mjs";

const ELSEWHERE = "You were logged out here because you logged in somewhere else.";
const BY_PROVIDER = "Care Identity has logged you out.";

/** Nothing of this person, nor of any answer, is on the screen. */
async function showsNobody(desk: Desk, family: string) {
  await expect(desk.heading).toHaveText("Check child protection information");
  expect(await desk.page.content()).not.toMatch(new RegExp(`${family}|data-answer|protection plan until`));
}

test("Given somebody at work, when they log in at another computer, then the first one is logged out and says why", async ({ desk, anotherDesk }) => {
  await desk.startWorkAs("dentist");
  await desk.check(child("cpp").nhs_number);
  const second = await anotherDesk();
  await second.startWorkAs("dentist");
  await desk.page.reload();
  await showsNobody(desk, "ASHWORTH");
  await expect(desk.main).toContainText(ELSEWHERE);
  await second.check(child("cpp").nhs_number);
});

test("Given an answer on the screen, when the log-in service ends the session, then the next request shows nobody and says who ended it", async ({ desk, stand }) => {
  await desk.startWorkAs("camhs-nurse");
  await desk.check(child("cpp").nhs_number);
  const sent = await endAtProvider(stand, "camhs-nurse");
  expect(sent.at(-1).status).toBe(200);
  await desk.page.reload();
  await showsNobody(desk, "ASHWORTH");
  await expect(desk.main).toContainText(BY_PROVIDER);
});

test("Given a number typed into the form, when the session is lost before it is sent, then it is given back after log-in and nothing was looked up", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-09");
  await desk.startWorkAs("health-visitor");
  const audited = (await audit(stand)).length;
  await desk.number.fill(nhs_number);
  await endAtProvider(stand, "health-visitor");
  await desk.number.press("Enter");
  await expect(desk.main).toContainText(BY_PROVIDER);
  await desk.logInAs("health-visitor");
  await expect(desk.main).toContainText("You were logged out before this was sent. Nothing was looked up. What you typed is still here.");
  await expect(desk.number).toHaveValue(nhs_number);
  expect((await audit(stand, audited)).map(({ act }) => act)).not.toContain("look-up");
  await desk.number.press("Enter");
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
});

test("Given a number lost with a session, when somebody else logs in at the same computer, then they do not get it", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-10");
  await desk.startWorkAs("school-nurse");
  await desk.number.fill(nhs_number);
  await endAtProvider(stand, "school-nurse");
  await desk.number.press("Enter");
  await expect(desk.main).toContainText(BY_PROVIDER);
  await desk.startWorkAs("dentist");
  await expect(desk.number).toHaveValue("");
  expect(await desk.page.content()).not.toContain(nhs_number);
});

test("Given a date of birth typed beside the number, when the session is lost, then both are given back", async ({ desk, stand }) => {
  await desk.startWorkAs("gp-careful");
  await desk.number.fill("999 000 0336");
  await desk.page.getByLabel("Year").fill("2019");
  await endAtProvider(stand, "gp-careful");
  await desk.number.press("Enter");
  await expect(desk.main).toContainText(BY_PROVIDER);
  await desk.logInAs("gp-careful");
  await expect(desk.number).toHaveValue("999 000 0336");
  await expect(desk.page.getByLabel("Year")).toHaveValue("2019");
});

test("Given an answer, when its reader logs out and goes back, then the log-in page stands there and no child", async ({ desk }) => {
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(child("bulk-11").nhs_number);
  const answer = desk.page.url();
  const answered = desk.page.waitForResponse((response) => new URL(response.url()).pathname === "/log-out");
  await desk.logOut();
  expect(await (await answered).headerValue("clear-site-data")).toBe('"cache", "storage"');
  expect(await desk.page.context().cookies()).toEqual([]);
  await desk.page.goBack();
  await showsNobody(desk, child("bulk-11").family);
  await desk.page.goto(answer);
  await showsNobody(desk, child("bulk-11").family);
});

test("Given a cookie copied before, when its owner has logged out, then it opens nothing", async ({ desk }) => {
  await desk.startWorkAs("dentist");
  await desk.check(child("cpp").nhs_number);
  const answer = desk.page.url();
  const cookies = await desk.page.context().cookies();
  expect(cookies.map(({ name, httpOnly, secure, sameSite, path }) => ({ name, httpOnly, secure, sameSite, path }))).toEqual([
    { name: "__Host-session", httpOnly: true, secure: true, sameSite: "Lax", path: "/" },
  ]);
  await desk.logOut();
  await desk.page.context().addCookies(cookies);
  await desk.page.goto(answer);
  await showsNobody(desk, "ASHWORTH");
});

test("Given an answer, when fifteen minutes pass with nothing done, then the browser itself leaves for the page that says so", async ({ desk }) => {
  await desk.startWorkAs("dentist");
  await desk.check(child("cpp").nhs_number);
  const again = (await desk.page.reload())!;
  expect(again.headers()["refresh"]).toBe("900; url=/timed-out");
  expect(again.headers()["cache-control"]).toBe("no-store");
  await desk.logOut();
  await desk.go("/timed-out");
  await expect(desk.heading).toHaveText("You were logged out");
  await expect(desk.main.getByRole("link", { name: "Log in with Care Identity" })).toBeVisible();
});

test("Given a live session, when its answer leaves the screen after fifteen minutes, then the page does not say that they were logged out", async ({ desk }) => {
  await desk.startWorkAs("dentist");
  await desk.check(child("cpp").nhs_number);
  await desk.go("/timed-out");
  expect(await desk.main.innerText()).not.toContain("You were logged out");
  await expect(desk.answer).toHaveCount(0);
  await desk.go("/find");
  await expect(desk.number).toBeVisible();
});
