// In unscheduled care every responsible authority is told, once; and before that the person who looks is told.

import { expect, test } from "./journey";
import type { Desk } from "./desk";
import { audit, child, faults, watchInbox } from "./stand/sandbox.mjs";

const EFFECT =
  "If CP-IS holds a current or recently ended status, every responsible local authority will be sent your name, role, organisation and the time.";
/** Words that only an answer may say. */
const PLAN_WORDS = /data-answer|data-told|protection plan|looked after|DEMO-\d|0\d{4} ?96\d{4}|Council/i;

/** What the confirm page says, with everything that belongs to the person taken out. */
async function shape(desk: Desk) {
  const html = await (await desk.page.request.get(desk.page.url())).text();
  return html
    .replace(/<section[^>]*aria-label="Person".*?<\/section>/s, "(banner)")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "(id)")
    .replace(/max_seconds&quot;:\d+/, "(time left)");
}

test("Given a nurse in an emergency department, when she enters a number, then she sees who it is and what opening does, and nothing that CP-IS holds", async ({
  desk,
  stand,
}) => {
  const told = await watchInbox(stand);
  await desk.startWorkAs("ed-nurse");
  await expect(desk.context).toContainText("Notifying: each responsible local authority is told if CP-IS holds a status");
  await desk.identify(child("cpp").nhs_number);
  await expect(desk.main).toContainText("You have not checked yet.");
  await expect(desk.main).toContainText(EFFECT);
  await expect(desk.main.getByRole("button").first()).toHaveText("Open as Emergency department and notify");
  await expect(desk.main.getByRole("link", { name: "Not this person" })).toBeVisible();
  await expect(desk.banner).toContainText("ASHWORTH");
  expect(await desk.page.content()).not.toMatch(PLAN_WORDS);
  const withPlan = await shape(desk);

  await desk.go("/find");
  await desk.identify(child("none").nhs_number);
  expect(await desk.page.content()).not.toMatch(PLAN_WORDS);
  expect(await shape(desk)).toBe(withPlan);
  expect(await told()).toEqual([]);
});

test("Given the confirm page, when it is left as not this person, then only the identification is in the audit log and nobody is told", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-01");
  const told = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("ed-nurse");
  const audited = (await audit(stand)).length;
  await desk.identify(nhs_number);
  await desk.main.getByRole("link", { name: "Not this person" }).click();
  await expect(desk.number).toHaveValue("");
  expect((await audit(stand, audited)).map(({ act, answer }) => [act, answer])).toEqual([["identified", "identified"]]);
  expect(await told()).toEqual([]);
});

test("Given the confirm page, when it is opened and then refreshed, gone back from, pressed twice and posted again, then the authority is told exactly once", async ({
  desk,
  anotherDesk,
  stand,
}) => {
  const { nhs_number } = child("bulk-02");
  const delivered = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("ed-nurse");
  const audited = (await audit(stand)).length;
  await desk.identify(nhs_number);
  const confirm = desk.page.url();
  const fields = await desk.page.locator("main form").evaluate((form: HTMLFormElement) => Object.fromEntries(new FormData(form) as never));

  await desk.openAndNotify.dblclick();
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
  const answer = desk.page.url();
  await desk.page.reload();
  await expect(desk.answer).toBeVisible();
  await desk.page.goBack();
  await desk.page.goto(confirm);
  expect(desk.page.url(), "what is opened leads to its answer").toBe(answer);
  for (let again = 0; again < 3; again++) {
    const response = await desk.page.request.post(confirm, { form: fields as Record<string, string>, headers: { origin: stand.portal } });
    expect(response.url()).toBe(answer);
  }
  await Promise.all(
    [1, 2, 3, 4].map(() => desk.page.request.post(confirm, { form: fields as Record<string, string>, headers: { origin: stand.portal } })),
  );

  const told = await delivered();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ authority: "DEMO-036", person: "Mr Tom Adeyemi", organisation: "Northfield General Hospital" });
  expect((await audit(stand, audited)).map(({ act, answer }) => [act, answer])).toEqual([
    ["identified", "identified"],
    ["look-up", "current"],
  ]);
  const onlooker = await anotherDesk();
  await onlooker.startWorkAs("gp-clinician");
  await onlooker.check(nhs_number);
  await expect(onlooker.history).toHaveCount(1);
  await expect(onlooker.history).toContainText("Tom Adeyemi");
});

test("Given the find form, when it is sent twice at once, then there is one identification", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-03");
  await desk.startWorkAs("ed-nurse");
  const audited = (await audit(stand)).length;
  await desk.number.fill(nhs_number);
  const form = await desk.page.locator("form#find").evaluate((form: HTMLFormElement) => Object.fromEntries(new FormData(form) as never));
  const send = () => desk.page.request.post("/find", { form: form as Record<string, string>, headers: { origin: stand.portal } });
  const [one, two] = await Promise.all([send(), send()]);
  expect(one.url()).toBe(two.url());
  expect((await audit(stand, audited)).map(({ act }) => act)).toEqual(["identified"]);
});

test("Given a child with plans of two authorities, when it is opened, then each of them is told once", async ({ desk, stand }) => {
  const { nhs_number } = child("two-authorities");
  const told = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("paramedic");
  await desk.identifyAndOpen(nhs_number);
  expect((await told()).map(({ authority }: { authority: string }) => authority).sort()).toEqual(["DEMO-001", "DEMO-105"]);
});

test("Given a child without a status, when it is opened, then nobody is told and no access history begins", async ({ desk, anotherDesk, stand }) => {
  const { nhs_number } = child("none");
  const told = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("midwife");
  await desk.identifyAndOpen(nhs_number);
  await expect(desk.answer).toHaveAttribute("data-answer", "none");
  await expect(desk.told).toHaveAttribute("data-told", "nobody");
  expect(await told()).toEqual([]);
  const onlooker = await anotherDesk();
  await onlooker.startWorkAs("gp-clinician");
  await onlooker.check(nhs_number);
  await expect(onlooker.page.getByText("Looked up in unscheduled care")).toHaveCount(0);
});

test("Given an authority that does not answer, when a child of it is opened, then the page says sending, and delivered to its system once that happened", async ({
  desk,
  stand,
}) => {
  const { nhs_number } = child("bulk-04");
  const told = await watchInbox(stand, nhs_number);
  await faults(stand, { inbox: "down" });
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(nhs_number);
  await expect(desk.told).toHaveAttribute("data-told", "pending");
  await expect(desk.told).toContainText("sending");
  await expect(desk.told).toContainText("This is not a referral and may not be read straight away. If you are worried now, phone.");
  await faults(stand);
  const toldNow = async () => {
    await desk.page.reload();
    return desk.told.getAttribute("data-told");
  };
  await expect.poll(toldNow, { timeout: 20_000 }).toBe("delivered");
  await expect(desk.told).toContainText("delivered to its system");
  expect(await told()).toHaveLength(1);
});

test("Given an authority that refuses for good, when a child of it is opened, then the page says not delivered", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-05");
  await faults(stand, { inbox: "refuse" });
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(nhs_number);
  const toldNow = async () => {
    await desk.page.reload();
    return desk.told.getAttribute("data-told");
  };
  await expect.poll(toldNow).toBe("failed");
  await expect(desk.told).toContainText("not delivered");
  expect(await stand.server("outbox", "undeliverable")).toContain("refused with 422");
});

test("Given only one of two authorities is at fault, when their child is opened, then the page names each and the worst counts", async ({ desk, stand }) => {
  const { nhs_number } = child("two-authorities");
  await faults(stand, { inbox: "refuse", authority: "DEMO-105" });
  await desk.logInAs("urgent-care");
  await desk.page.getByLabel("NHS 111").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await desk.identifyAndOpen(nhs_number);
  const toldNow = async () => {
    await desk.page.reload();
    return [await desk.told.getAttribute("data-told"), await desk.told.getByRole("listitem").allInnerTexts()];
  };
  await expect.poll(toldNow).toEqual(["failed", [expect.stringContaining("delivered to its system"), expect.stringContaining("not delivered")]]);
});

test("Given a notifying answer, when it is reported as the wrong person, then the page says whom to phone and nobody is told again", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-06");
  const told = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(nhs_number);
  const audited = (await audit(stand)).length;
  await desk.page.getByRole("button", { name: "This is the wrong person" }).click();
  await expect(desk.heading).toHaveText("Wrong person reported");
  await expect(desk.main).toContainText("Phone it now and say that it was the wrong person.");
  await expect(desk.main.getByRole("link", { name: /^0/ }).first()).toHaveAttribute("href", /^tel:/);
  expect(await told()).toHaveLength(1);
  expect((await audit(stand, audited)).map(({ act }) => act)).toEqual(["wrong-person"]);
});
