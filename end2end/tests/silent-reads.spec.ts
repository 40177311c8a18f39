// In scheduled care nobody is told: not the authority, not the access history; only the audit log knows.

import { expect, test } from "./journey";
import { audit, child, watchInbox } from "./stand/sandbox.mjs";

const SETTINGS: Record<string, string> = {
  "gp-receptionist": "General practice, in hours",
  "gp-clinician": "General practice, in hours",
  "camhs-nurse": "Child and adolescent mental health services",
  "sarc-nurse": "Sexual assault referral centre",
  "top-nurse": "Termination of pregnancy service",
  "school-nurse": "0 to 19 services: school nursing and health visiting",
  "health-visitor": "0 to 19 services: school nursing and health visiting",
  "community-paediatrician": "Community paediatrics",
  dentist: "Dentistry",
};
const SILENT = "Silent: social care is not told. Every look is recorded.";
const NOBODY = "No local authority has been told. This look is in the audit log. If they need to know, phone.";

for (const [persona, setting] of Object.entries(SETTINGS)) {
  test(`Given a ${persona}, when they type a number and press Enter, then they have the answer, nobody is told, and one audit entry is written`, async ({
    desk,
    anotherDesk,
    seen,
    stand,
  }) => {
    const { nhs_number } = child("cpp");
    const told = await watchInbox(stand, nhs_number);
    const onlooker = await anotherDesk();
    await onlooker.startWorkAs(persona === "dentist" ? "gp-clinician" : "dentist");
    await onlooker.check(nhs_number);
    const before = await onlooker.history.count();

    await desk.startWorkAs(persona);
    await expect(desk.context).toContainText(SILENT);
    await expect(desk.context).toContainText(setting);
    const posted = seen.posts().length;
    const audited = (await audit(stand)).length;
    await desk.check(nhs_number);

    await expect(desk.answer).toHaveAttribute("data-answer", "current");
    await expect(desk.told).toHaveAttribute("data-told", "nobody");
    await expect(desk.told).toContainText(NOBODY);
    expect(seen.posts().slice(posted)).toEqual(["/find"]);
    const entries = await audit(stand, audited);
    expect(entries.map(({ act, answer }) => [act, answer])).toEqual([["look-up", "current"]]);
    expect(await told()).toEqual([]);
    await onlooker.go("/find");
    await onlooker.check(nhs_number);
    expect(await onlooker.history.count()).toBe(before);
  });
}

test("Given somebody at the find form, when they type ten digits and press Enter, then eleven keys have led to the answer", async ({ desk }) => {
  await desk.startWorkAs("gp-clinician");
  await desk.page.keyboard.type(child("cpp").nhs_number);
  await desk.page.keyboard.press("Enter");
  await expect(desk.answer).toBeVisible();
});

test("Given a silent answer, when it is loaded again, then it is the same answer and no new audit entry", async ({ desk, stand }) => {
  await desk.startWorkAs("camhs-nurse");
  await desk.check(child("lac").nhs_number);
  const [address, audited, words] = [desk.page.url(), (await audit(stand)).length, await desk.answer.innerText()];
  await desk.page.reload();
  expect(desk.page.url()).toBe(address);
  expect(await desk.answer.innerText()).toBe(words);
  expect(await audit(stand, audited)).toEqual([]);
});

test("Given all these reads, when the audit log is verified beside the live server, then it holds", async ({ desk, stand }) => {
  await desk.startWorkAs("dentist");
  await desk.check(child("none").nhs_number);
  expect(await stand.server("audit", "verify")).toMatch(/^the audit log holds: \d+ entries/);
});
