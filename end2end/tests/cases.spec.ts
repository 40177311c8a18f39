// Every demonstration case, as a clinician and as a receptionist read it.

import { expect, test } from "./journey";
import type { Desk } from "./desk";
import { child, children, spaced } from "./stand/sandbox.mjs";

const NONE = "No child protection information found on CP-IS for this NHS number";
const UNKNOWN = "CP-IS could not be checked";
const RETENTION = "Shown for 365 days after it ends.";
const UNCONFIRMED = "We cannot confirm whose number this is";
const ENDED = "Ended does not mean concerns have ended; responsibility may have moved to another authority.";
const LOOKED_AFTER = "Looked after is not a plan. CP-IS does not say who has parental responsibility.";

interface Case {
  answer: "current" | "ended" | "none" | "unknown";
  heading: string | RegExp;
  /** More that stands on the page. */
  says?: (string | RegExp)[];
  /** What must not stand on it. */
  never?: (string | RegExp)[];
}

const plan: Case = { answer: "current", heading: "On a child protection plan", says: ["A plan does not by itself mean that today's contact is suspicious."] };

const CASES: Record<string, Case> = {
  none: { answer: "none", heading: NONE, says: ["This does not rule out a safeguarding concern.", "the person lives outside England"], never: ["Looked up in unscheduled care"] },
  cpp: { ...plan, says: ["No end date sent. Current when last updated on", "Sheffield City Council", "A look-up does not prove a visit."] },
  lac: { answer: "current", heading: "Looked after", says: [LOOKED_AFTER], never: [/On a child protection plan/] },
  "ucpp-adult": { answer: "current", heading: "Her unborn baby is on a child protection plan", never: [/this child/i] },
  "cpp-and-lac": { answer: "current", heading: /^(On a child protection plan and looked after|Looked after and on a child protection plan)$/, says: [LOOKED_AFTER] },
  "two-authorities": { ...plan, says: [/2 local authorities are .+\. Phone each\./] },
  "ended-within": { answer: "ended", heading: /^Was on a child protection plan until \d+ \w+ \d{4}$/, says: [ENDED, RETENTION] },
  "ended-beyond": { answer: "none", heading: NONE },
  restricted: {
    ...plan,
    says: ["Do not reveal where this child lives.", "Earlier look-ups are withheld because this record is restricted.", "Restricted record: no address, GP or phone number is shown"],
    never: ["Address", "GP practice"],
  },
  "restricted-none": { answer: "none", heading: NONE, says: ["CP-IS often cannot hold restricted records, so finding nothing here means less than usual."], never: ["Address", "GP practice"] },
  superseded: { ...plan, says: ["The number has changed. You entered 999 000 0123; this person's NHS number is now 999 000 0115. Both numbers were checked."] },
  "superseded-new": { ...plan, never: ["The number has changed"] },
  invalidated: { answer: "unknown", heading: UNKNOWN, says: [UNCONFIRMED, "it is no longer in use and has not been replaced"], never: ["KAVANAGH", NONE] },
  deceased: { answer: "ended", heading: /^Was on a child protection plan until/, says: ["This person has died", "Died"], never: [/\(\d+ years\)/] },
  "not-on-index": { answer: "unknown", heading: UNKNOWN, says: [UNCONFIRMED, "it is not on the index of people", "This is not an answer about this person."], never: [NONE] },
  "turns-18-today": { answer: "ended", heading: /^Was looked after until their 18th birthday, /, says: ["Ended at 18", "(18 years)"] },
  "history-30": { ...plan, says: ["The 25 most recent before this one, newest first."] },
  "future-start": { answer: "current", heading: /^On a child protection plan from \d+ \w+ \d{4}$/, says: [/Starts\s*\d+ \w+ \d{4}/] },
  "ends-today": { ...plan, says: ["Ends on"] },
  "ended-365": { answer: "ended", heading: /^Was on a child protection plan until/ },
  "ended-366": { answer: "none", heading: NONE },
  "ucpp-ended-within": { answer: "ended", heading: /^Her unborn baby was on a child protection plan until/, says: ["Shown for 28 days after it ends."] },
  "ucpp-ended-beyond": { answer: "none", heading: NONE },
  "ucpp-long": { answer: "current", heading: "Her unborn baby is on a child protection plan", says: ["This started over 300 days ago. Confirm with the authority."] },
  "unknown-kind": { answer: "current", heading: "Unrecognised status, phone the authority", says: ["999001000000101"] },
  "no-office-phone": { ...plan, says: ["Not supplied by the authority", "01632 960621"] },
  "not-sharing": { answer: "none", heading: NONE },
  "partial-birth": { answer: "current", heading: "Looked after", says: ["2011"], never: ["Ended at 18"] },
  "long-name": { ...plan, says: ["FEATHERSTONEHAUGH-CHOLMONDELEY-WORTHINGTON, Alexandrina-Wilhelmina"] },
  "apostrophe-name": { answer: "current", heading: "Looked after", says: ["O'SULLIVAN-D'ARCY, Niamh"] },
  "born-mismatch": plan,
  baby: { answer: "none", heading: NONE, says: ["Also check the mother's number.", /\((3 weeks|21 days)\)/] },
};

/** The notice that every answer carries, whoever was looked up (ruling 22). */
const NOT_COVERED = [/Rutland Council \(not sharing\)/, /Torbay Council \(last update \d+ \w+ \d{4}\)/];

test("Given the sandbox's list of children, then every case but the spare ones has its expected answer written down here", async ({ stand }) => {
  const listed = (await children(stand)).map((one: { case: string }) => one.case);
  expect(listed.filter((name: string) => !name.startsWith("bulk-")).sort()).toEqual(Object.keys(CASES).sort());
});

/** Looks every case up in one log-in; each is a step of its own, and one that fails does not hide the next. */
async function eachCase(desk: Desk, read: (name: string, wanted: Case) => Promise<void>) {
  for (const [name, wanted] of Object.entries(CASES)) {
    await test.step(`the case ${name}: ${wanted.answer}`, async () => {
      await desk.check(child(name).nhs_number);
      await expect.soft(desk.answer, name).toHaveAttribute("data-answer", wanted.answer);
      await read(name, wanted);
    });
    await desk.go("/find");
  }
}

test("Given every demonstration case, when a clinician looks it up, then the answer is the expected one and says so in words", async ({ desk }) => {
  test.slow();
  const soft = expect.configure({ soft: true, timeout: 2_000 });
  await desk.startWorkAs("gp-clinician");
  await eachCase(desk, async (name, wanted) => {
    await soft(desk.answer.getByRole("heading", { level: 1 }), name).toHaveText(wanted.heading);
    for (const words of wanted.says ?? []) await soft(desk.main, name).toContainText(words);
    for (const words of wanted.never ?? []) await soft(desk.main, name).not.toContainText(words);
    for (const words of NOT_COVERED) await soft(desk.main, name).toContainText(words);
    if (name !== "superseded") await soft(desk.banner, name).toContainText(spaced(child(name).nhs_number));
    if (wanted.answer === "current" || wanted.answer === "ended") {
      await soft(desk.answer.getByRole("link", { name: /^0/ }).first(), name).toHaveAttribute("href", /^tel:\+?\d+$/);
      await soft(desk.answer, name).toContainText(/As sent by .+, \d+ \w+ \d{4}/);
    }
    await soft(desk.main, name).toContainText("Hide this entry from online and proxy access before you save it.");
    await soft(desk.page.getByRole("button", { name: "This is the wrong person" }), name).toBeVisible();
  });
});

test("Given every demonstration case, when a receptionist looks it up, then they are told what a receptionist needs and no access history", async ({ desk }) => {
  test.slow();
  const soft = expect.configure({ soft: true, timeout: 2_000 });
  await desk.startWorkAs("gp-receptionist");
  await eachCase(desk, async (name, wanted) => {
    const shown = wanted.answer === "current" || wanted.answer === "ended";
    const privately = desk.main.getByText("Tell the clinician privately; do not discuss it at the desk.");
    await soft(privately, name).toHaveCount(shown ? 1 : 0);
    await soft(desk.history, name).toHaveCount(0);
    if (shown) await soft(desk.main, name).toContainText(/Earlier look-ups are (shown to clinical roles only|withheld because this record is restricted)\./);
  });
});

test("Given a child looked up thirty times, when a clinician looks, then the 25 newest stand there, newest first, without scheduled services", async ({ desk }) => {
  await desk.startWorkAs("health-visitor");
  await desk.check(child("history-30").nhs_number);
  await expect(desk.history).toHaveCount(25);
  const when = await desk.history.evaluateAll((rows) => rows.map((row) => Date.parse(row.children[0].textContent!.replace(/(\d)(am|pm)/, "$1 $2").replace(",", ""))));
  expect(when.every((at) => at > 0)).toBe(true);
  expect(when).toEqual([...when].sort((a, b) => b - a));
});

for (const persona of ["sarc-nurse", "top-nurse"]) {
  test(`Given a ${persona}, when they look up a child on a plan, then they are first told what phoning gives away`, async ({ desk }) => {
    await desk.startWorkAs(persona);
    await desk.check(child("cpp").nhs_number);
    const first = desk.page.getByRole("region", { name: "What to do now" }).locator("p").first();
    await expect(first).toHaveText("Phoning tells the authority that this person uses this service. Decide first whether you need to.");
    await expect(desk.main).not.toContainText(/sexual assault|termination|Rowan House|Maple Clinic/i);
  });
}
