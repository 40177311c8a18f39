// The access history of a restricted record: withheld, but for those who hold B1611 and say why (ruling 15).

import { expect, test } from "./journey";
import { audit, child } from "./stand/sandbox.mjs";

const WITHHELD = "Earlier look-ups are withheld because this record is restricted.";

test("Given a restricted child, when somebody without B1611 opens it, then the history is withheld and cannot be asked for", async ({ desk, stand }) => {
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(child("restricted").nhs_number);
  await expect(desk.main).toContainText(WITHHELD);
  await expect(desk.page.getByText("See earlier look-ups of this restricted record")).toHaveCount(0);
  const audited = (await audit(stand)).length;
  const forced = await desk.page.request.post(`${desk.page.url()}/history`, { form: { reason: "risk-now" }, headers: { origin: stand.portal } });
  expect(await forced.text()).not.toContain("A look-up does not prove a visit.");
  expect((await audit(stand, audited)).filter(({ answer }) => !/refused/.test(answer))).toEqual([]);
});

test("Given a restricted child, when a holder of B1611 gives a reason, then the history is shown and the reason is in the audit log", async ({ desk, stand }) => {
  await desk.startWorkAs("ed-sensitive");
  await desk.identifyAndOpen(child("restricted").nhs_number);
  await expect(desk.main).toContainText(WITHHELD);
  await expect(desk.history).toHaveCount(0);
  const audited = (await audit(stand)).length;
  await desk.page.getByText("See earlier look-ups of this restricted record").first().click();
  await desk.page.getByLabel("I am judging whether this person is at risk now").check();
  await desk.page.getByRole("button", { name: "Show earlier look-ups" }).click();
  await expect(desk.history.first()).toBeVisible();
  expect((await audit(stand, audited)).map(({ act, answer }) => [act, /risk-now/.test(answer)])).toEqual([["read-history", true]]);
});
