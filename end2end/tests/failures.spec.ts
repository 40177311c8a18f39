// What happens when something is broken or somebody cheats: a plain answer each time, nothing shown without its audit entry, nothing lost.

import { expect, test } from "./journey";
import { audit, child, faults, watchInbox } from "./stand/sandbox.mjs";
import { lockRegistry } from "./stand/lock.mjs";

const UNKNOWN = "CP-IS could not be checked";

test("Given a log-in service that is down, when somebody wants to log in, then a plain page says so and gives the phones; once it is back, they can", async ({ desk, stand }) => {
  await faults(stand, { provider: "down" });
  await stand.restart();
  await desk.go("/");
  await desk.page.getByRole("link", { name: "Log in with Care Identity" }).click();
  await expect(desk.heading).toHaveText("Care Identity is not answering");
  await expect(desk.main).toContainText("phone children's social care where they live");
  await desk.main.getByRole("link", { name: "Phone numbers of children's social care" }).click();
  await expect(desk.main).toContainText("Sheffield City Council");
  await faults(stand);
  const tryAgain = async () => {
    await desk.go("/log-in");
    return desk.heading.innerText();
  };
  await expect.poll(tryAgain, { timeout: 15_000 }).toBe("Who would you like to be?");
  await desk.startWorkAs("dentist");
});

test("Given a log-in service that breaks down in the middle of a log-in, then the page says so and the refusal is in the audit log", async ({ desk, stand }) => {
  await desk.beginLogIn();
  const audited = (await audit(stand)).length;
  await faults(stand, { token_endpoint: "down" });
  await desk.page.locator("button[name=persona][value=dentist]").click();
  await expect(desk.heading).toHaveText("Care Identity is not answering");
  expect((await audit(stand, audited)).map(({ act, answer }) => [act, answer])).toEqual([["log-in-refused", "unavailable"]]);
});

for (const fault of ["lying-issuer", "wrong-nonce", "bad-signature", "wrong-subject"]) {
  test(`Given a log-in service at fault (${fault}), when somebody logs in, then they are refused with a reference and it is in the audit log`, async ({ desk, stand }) => {
    await desk.beginLogIn();
    const audited = (await audit(stand)).length;
    await faults(stand, { provider: fault });
    await desk.page.locator("button[name=persona][value=dentist]").click();
    await expect(desk.heading).toHaveText("You could not be logged in");
    await expect(desk.main.getByText(/^Reference/)).toBeVisible();
    expect((await audit(stand, audited)).map(({ act }) => act)).toEqual(["log-in-refused"]);
    await desk.go("/find");
    await expect(desk.heading).toHaveText("Check child protection information");
  });
}

test("Given a log-in under way, when its state was tampered with or it is used twice, then it is refused", async ({ desk, stand }) => {
  await desk.beginLogIn();
  await desk.page.locator("input[name=state]").evaluate((input: HTMLInputElement) => void (input.value = "tampered"));
  await desk.page.locator("button[name=persona][value=dentist]").click();
  await expect(desk.heading).toHaveText("The log-in could not be finished");
  const spent = desk.page.url();
  await desk.page.goto(spent);
  await expect(desk.heading).toHaveText("The log-in could not be finished");
  await desk.startWorkAs("dentist");
  const again = await desk.page.request.get(`${stand.portal}/log-in/callback?code=x&state=y`);
  expect(again.status()).toBe(400);
});

test("Given a registry that is locked, when a number is sent, then the page says that it could not be checked and whom to phone; trying again is one access", async ({
  desk,
  stand,
}) => {
  const { nhs_number } = child("bulk-01");
  await desk.startWorkAs("camhs-nurse");
  const audited = (await audit(stand)).length;
  const release = await lockRegistry(stand.database);
  try {
    await desk.enter(nhs_number);
    await expect(desk.answer).toHaveAttribute("data-answer", "unknown");
    await expect(desk.heading).toHaveText(UNKNOWN);
    await expect(desk.answer).toContainText("This is not an answer about this person.");
    await expect(desk.told).toHaveAttribute("data-told", "nobody");
    await desk.page.getByText("Phone numbers of local authorities").click();
    await expect(desk.page.getByText("Sheffield City Council")).toBeVisible();
    expect(await desk.page.content()).not.toContain("CALLOWAY");
  } finally {
    await release();
  }
  await expect(desk.main.getByRole("button").first()).toHaveText("Try again");
  await desk.main.getByRole("button", { name: "Try again" }).click();
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
  expect((await audit(stand, audited)).filter(({ act }) => act === "look-up")).toHaveLength(1);
});

test("Given a registry that is locked, when a notifying look-up is opened, then nobody knows yet; trying again tells the authority once", async ({ desk, stand }) => {
  const { nhs_number } = child("partial-birth");
  const told = await watchInbox(stand, nhs_number);
  await desk.startWorkAs("ed-nurse");
  await desk.identify(nhs_number);
  const release = await lockRegistry(stand.database);
  try {
    await desk.openAndNotify.click();
    await expect(desk.heading).toHaveText(UNKNOWN);
    await expect(desk.told).toHaveAttribute("data-told", "not-known");
  } finally {
    await release();
  }
  await desk.main.getByRole("button", { name: "Try again" }).click();
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
  expect(await told()).toHaveLength(1);
});

test("Given a registry that is locked, when somebody logs out, then they are logged out all the same", async ({ desk, stand }) => {
  await desk.startWorkAs("dentist");
  await desk.check(child("cpp").nhs_number);
  const answer = desk.page.url();
  const cookies = await desk.page.context().cookies();
  const release = await lockRegistry(stand.database);
  try {
    await desk.logOut();
    await desk.page.context().addCookies(cookies);
    await desk.page.goto(answer);
    await expect(desk.heading).toHaveText("Check child protection information");
  } finally {
    await release();
  }
});

test("Given the portal is killed while an authority is down, when it is started again, then the authority is told once", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-12");
  const told = await watchInbox(stand, nhs_number);
  await faults(stand, { inbox: "down" });
  await desk.startWorkAs("paramedic");
  await desk.identifyAndOpen(nhs_number);
  const answer = desk.page.url();
  await stand.restart("SIGKILL");
  await faults(stand);
  expect(await told()).toHaveLength(1);
  await desk.page.goto(answer);
  await expect(desk.answer).toHaveAttribute("data-answer", "current");
  expect(await stand.server("audit", "verify")).toMatch(/^the audit log holds/);
});

test("Given somebody else's answer, when its address is opened, then it is not there, in the same words as one that never was", async ({ desk, anotherDesk, stand }) => {
  await desk.startWorkAs("gp-clinician");
  await desk.check(child("cpp").nhs_number);
  const theirs = new URL(desk.page.url()).pathname;
  const other = await anotherDesk();
  await other.startWorkAs("second-gp-receptionist");
  const text = async (path: string) => {
    const response = (await other.go(path))!;
    expect(response.status()).toBe(404);
    await expect(other.heading).toHaveText("This answer is no longer kept");
    return other.main.innerText();
  };
  const words = await text(theirs);
  expect(words).toBe(await text("/lookups/00000000-0000-4000-8000-000000000000"));
  expect(words).toBe(await text("/lookups/..%2f..%2frole"));
  for (const path of [`${theirs}/confirm`, `${theirs}/wrong-person`, `${theirs}/history`]) {
    const posted = await other.page.request.post(path, { form: { setting: "general-practice", reason: "risk-now" }, headers: { origin: stand.portal } });
    expect(posted.status(), path).toBe(404);
    expect(await posted.text()).not.toContain("ASHWORTH");
  }
});

test("Given a form already answered, when it is sent again, then it is the same answer; with another number, a new access", async ({ desk, stand }) => {
  await desk.startWorkAs("gp-clinician");
  const form = (await desk.page.locator("form#find").evaluate((form: HTMLFormElement) => Object.fromEntries(new FormData(form) as never))) as Record<string, string>;
  const send = async (number: string) => {
    const response = await desk.page.request.post("/find", { form: { ...form, nhs_number: number }, headers: { origin: stand.portal } });
    return { url: response.url(), text: await response.text() };
  };
  const audited = (await audit(stand)).length;
  const [first, again, other] = [await send(child("cpp").nhs_number), await send(child("cpp").nhs_number), await send(child("lac").nhs_number)];
  expect(again.url).toBe(first.url);
  expect(other.url).not.toBe(first.url);
  expect(other.text).toContain("BENNETT");
  expect(other.text).not.toContain("ASHWORTH");
  expect(await audit(stand, audited)).toHaveLength(2);
});

test("Given a form posted from another site, then it is refused and nothing is done", async ({ desk, stand }) => {
  await desk.startWorkAs("ed-nurse");
  const audited = (await audit(stand)).length;
  await desk.page.goto(`${stand.sandbox}/children.json`);
  for (const path of ["/find", "/log-out", "/care-setting", "/role", "/session"]) {
    const forged = await desk.page.request.post(stand.portal + path, {
      form: { nhs_number: child("cpp").nhs_number, setting: "emergency-department" },
      headers: { origin: "http://evil.example" },
    });
    expect(forged.status(), path).toBe(403);
    expect(await forged.text()).toContain("The form was not sent from this service");
  }
  expect(await audit(stand, audited)).toEqual([]);
  await desk.go("/find");
  await expect(desk.number, "the session goes on").toBeVisible();
});

test("Given a page of another site with a form that leads here, when it is pressed, then the browser's own word that it is foreign is heard", async ({ desk, stand }) => {
  await desk.startWorkAs("dentist");
  const audited = (await audit(stand)).length;
  await desk.page.route("http://evil.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<form method=post action="${stand.portal}/find"><input name=nhs_number value=9990000026><button>Win</button></form>` }),
  );
  await desk.page.goto("http://evil.example/");
  await desk.page.getByRole("button", { name: "Win" }).click();
  await expect(desk.page.locator("body")).toContainText(/not sent from this service|Check child protection information/);
  expect(await desk.page.content()).not.toContain("ASHWORTH");
  expect(await audit(stand, audited)).toEqual([]);
  desk.seen.forget("http://evil.example");
});

test("Given an address there is not, or a method it does not take, then a plain page says so", async ({ desk, stand }) => {
  expect((await desk.go("/no/such/page"))!.status()).toBe(404);
  await expect(desk.heading).toHaveText("Page not found");
  const method = await desk.page.request.delete("/find");
  expect(method.status()).toBe(405);
  expect(await method.text()).toContain("This page cannot be used like that");
  expect((await desk.page.request.get("/log-out")).status()).toBe(405);
  const long = await desk.page.request.post("/find", { form: { nhs_number: "9".repeat(70_000) }, headers: { origin: stand.portal } });
  expect(long.status()).toBe(413);
  const strange = await desk.page.request.post("/find", { data: Buffer.from([0xff, 0xfe, 0x00]), headers: { origin: stand.portal, "content-type": "application/octet-stream" } });
  expect(strange.status()).toBe(400);
});

test("Given a hand-made request id, when a form is sent with it, then it is a plain error and nobody is looked up", async ({ desk, stand }) => {
  await desk.startWorkAs("dentist");
  const audited = (await audit(stand)).length;
  const strange = await desk.page.request.post("/find", {
    form: { nhs_number: child("cpp").nhs_number, request: "' OR 1=1 --", setting: "dentistry" },
    headers: { origin: stand.portal },
  });
  expect(strange.status()).toBe(400);
  expect(await audit(stand, audited)).toEqual([]);
});
