// Which role and which care setting: asked when there is a choice, never chosen for somebody, always on the screen.

import { expect, test } from "./journey";
import { child, watchInbox } from "./stand/sandbox.mjs";

const SILENT = "Silent: social care is not told. Every look is recorded.";
const NOTIFYING = "Notifying: each responsible local authority is told if CP-IS holds a status";

test("Given two usable roles of which none was selected, when somebody logs in, then they choose, and the header says what they chose", async ({ desk }) => {
  await desk.logInAs("two-roles");
  await expect(desk.heading).toHaveText("Which role are you working in?");
  const radios = desk.page.getByRole("radio");
  await expect(radios).toHaveCount(2);
  for (const radio of await radios.all()) await expect(radio).not.toBeChecked();

  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.page).toHaveTitle(/^Error: Choose a role/);
  await desk.page.getByRole("alert").getByRole("link", { name: "Choose the role you are working in" }).click();
  await expect(radios.first()).toBeFocused();

  await desk.page.getByRole("group").locator(".app-radio", { hasText: "Notifying care settings" }).getByRole("radio").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.number).toBeVisible();
  await expect(desk.context).toContainText(NOTIFYING);
  await expect(desk.context).toContainText("Colin D'Arcy-Wren");

  await desk.page.getByRole("link", { name: "Change role" }).click();
  for (const radio of await radios.all()) await expect(radio).not.toBeChecked();
  await desk.page.getByRole("group").locator(".app-radio", { hasText: "Silent care settings" }).getByRole("radio").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.context).toContainText(SILENT);
  await expect(desk.context).toContainText("Riverside Surgery (Y01234)");
});

test("Given an answer, when the role is changed, then the answer is no longer shown", async ({ desk }) => {
  await desk.logInAs("two-roles");
  await desk.page.locator(".app-radio", { hasText: "Silent care settings" }).getByRole("radio").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await desk.check(child("lac").nhs_number);
  const answer = desk.page.url();
  await desk.go("/role");
  await desk.page.locator(".app-radio", { hasText: "Notifying care settings" }).getByRole("radio").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.context).toContainText(NOTIFYING);
  const gone = await desk.page.request.get(answer);
  expect(gone.status()).toBe(404);
  expect(await gone.text()).not.toContain("BENNETT");
});

test("Given the log-in service says which role was selected, when somebody logs in, then that role is used and not asked for again", async ({ desk }) => {
  await desk.logInAs("two-roles-selected");
  await desk.page.getByRole("button", { name: /Riverside Surgery/i }).click();
  await expect(desk.number).toBeVisible();
  await expect(desk.context).toContainText("Riverside Surgery (Y01234)");
  await expect(desk.context).toContainText("Noor Hussain");
});

test("Given two allowed settings, when somebody logs in, then they choose; and the choice can be changed and decides who is told", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-07");
  const told = await watchInbox(stand, nhs_number);
  await desk.logInAs("two-settings");
  await expect(desk.heading).toHaveText("Where are you working now?");
  const radios = desk.page.getByRole("radio");
  await expect(radios).toHaveCount(2);
  for (const radio of await radios.all()) await expect(radio).not.toBeChecked();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await desk.page.getByRole("alert").getByRole("link", { name: "Choose where you are working now" }).click();
  await expect(radios.first()).toBeFocused();
  await desk.go("/find");
  await expect(desk.heading, "nobody works without a setting").toHaveText("Where are you working now?");

  await desk.page.getByLabel("Community paediatrics").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.context).toContainText(SILENT);
  await desk.check(nhs_number);
  await expect(desk.told).toHaveAttribute("data-told", "nobody");
  expect(await told()).toEqual([]);

  await desk.context.getByRole("link", { name: "Change care setting" }).click();
  for (const radio of await radios.all()) await expect(radio).not.toBeChecked();
  await desk.page.getByLabel("Emergency department").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.context).toContainText(NOTIFYING);
  await desk.identifyAndOpen(nhs_number);
  expect(await told()).toHaveLength(1);
});

test("Given a find form opened under another setting in another tab, when it is sent, then nothing is looked up and the page says why", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-08");
  const told = await watchInbox(stand, nhs_number);
  await desk.logInAs("two-settings");
  await desk.page.getByLabel("Community paediatrics").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await expect(desk.context).toContainText(SILENT);
  const tab = await desk.page.context().newPage();
  await tab.goto(`${stand.portal}/care-setting`);
  await tab.getByLabel("Emergency department").check();
  await tab.getByRole("button", { name: "Continue" }).click();
  await expect(tab.getByText(NOTIFYING)).toBeVisible();

  await desk.enter(nhs_number);
  await expect(desk.main).toContainText("You now work in Emergency department.");
  await expect(desk.main).toContainText("Nothing was looked up.");
  await expect(desk.number).toHaveValue(nhs_number);
  await expect(desk.answer).toHaveCount(0);
  await expect(desk.context).toContainText(NOTIFYING);
  expect(await told()).toEqual([]);
});

test("Given a confirm page opened under another setting, when it is opened after the setting changed, then nobody is told", async ({ desk, stand }) => {
  const { nhs_number } = child("bulk-08");
  const told = await watchInbox(stand, nhs_number);
  await desk.logInAs("two-settings");
  await desk.page.getByLabel("Emergency department").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await desk.identify(nhs_number);
  const tab = await desk.page.context().newPage();
  await tab.goto(`${stand.portal}/care-setting`);
  await tab.getByLabel("Community paediatrics").check();
  await tab.getByRole("button", { name: "Continue" }).click();
  await expect(tab.getByText(SILENT)).toBeVisible();
  await desk.openAndNotify.click();
  await expect(desk.answer).toHaveCount(0);
  await expect(desk.heading).toHaveText("Your care setting has changed");
  await expect(desk.main).toContainText("Nothing was looked up and nobody was told.");
  expect(await told()).toEqual([]);
});

test.describe("refusals", () => {
  const WITHOUT_ACCESS: Record<string, string> = {
    "no-roles": "Your Care Identity profile carries no role.",
    "no-code": "it holds neither activity B0107 nor B0170",
    "privacy-officer": "Privacy officers and Caldicott guardians do not look people up here.",
    "caldicott-guardian": "Privacy officers and Caldicott guardians do not look people up here.",
  };
  for (const [persona, words] of Object.entries(WITHOUT_ACCESS)) {
    test(`Given ${persona}, when they log in, then the page says that they have no access, which codes are needed and whom to ask, and nothing else opens`, async ({
      desk,
    }) => {
      await desk.logInAs(persona);
      await expect(desk.heading).toHaveText("You do not have access");
      await expect(desk.main).toContainText(words);
      for (const code of ["B0170", "B0107"]) await expect(desk.main).toContainText(code);
      await expect(desk.main).toContainText("Ask the Registration Authority of your organisation.");
      for (const path of ["/find", "/care-setting", "/"]) {
        await desk.go(path);
        await expect(desk.heading, path).toHaveText("You do not have access");
      }
      const posted = await desk.page.request.post("/find", {
        form: { nhs_number: child("cpp").nhs_number, setting: "general-practice" },
        headers: { origin: desk.stand.portal },
      });
      expect(await posted.text()).not.toContain("ASHWORTH");
      await desk.main.getByRole("button", { name: "Log out" }).click();
      await expect(desk.page.getByText("You are logged out.")).toBeVisible();
    });
  }

  for (const persona of ["low-assurance", "low-authentication"]) {
    test(`Given ${persona}, when they log in, then they are refused with a reference and no session begins`, async ({ desk, stand }) => {
      const audited = (await stand.server("audit", "list")).split("\n").filter(Boolean).length;
      await desk.logInAs(persona);
      await expect(desk.heading).toHaveText("Your log-in is not strong enough");
      const reference = await desk.main.getByText(/^Reference/).innerText();
      expect(reference).toMatch(/^Reference \d+-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
      const entries = await stand.server("audit", "list", "--from", String(audited));
      expect(entries).toMatch(/\tlog-in-refused\t/);
      await desk.go("/find");
      await expect(desk.heading).toHaveText("Check child protection information");
    });
  }

  test("Given somebody who cancels at the log-in service, then they are told that they did not log in", async ({ desk }) => {
    await desk.beginLogIn();
    await desk.page.getByRole("button", { name: "Cancel" }).click();
    await expect(desk.heading).toHaveText("You did not log in");
    await expect(desk.main.getByRole("link", { name: "Log in with Care Identity" })).toBeVisible();
  });

  test("Given an emergency nurse, when she forges a silent setting, then she is offered none and stays where she is", async ({ desk, stand }) => {
    await desk.startWorkAs("ed-nurse");
    const forged = await desk.page.request.post("/care-setting", { form: { setting: "general-practice" }, headers: { origin: stand.portal } });
    expect(forged.status()).toBe(422);
    await desk.go("/find");
    await expect(desk.context).toContainText(NOTIFYING);
  });
});

for (const persona of ["roles-as-object", "roles-without-activities"]) {
  test(`Given the unusual log-in ${persona}, then it works like any other`, async ({ desk }) => {
    await desk.logInAs(persona);
    await expect(desk.number).toBeVisible();
    await expect(desk.context).toContainText(/Silent|Notifying/);
  });
}
