// Whole journeys with the keyboard alone, and a focus that can always be seen.

import { expect, test } from "./journey";
import type { Desk } from "./desk";
import { child } from "./stand/sandbox.mjs";

/** What has the focus, in words. */
const focused = (desk: Desk) =>
  desk.page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    const label = at && "labels" in at ? (at as HTMLInputElement).labels?.[0]?.innerText : undefined;
    return (label ?? at?.innerText ?? "").trim().replace(/\s+/g, " ");
  });

/** Presses Tab until this has the focus. */
async function tabTo(desk: Desk, words: string | RegExp, most = 60) {
  for (let pressed = 0; pressed < most; pressed++) {
    await desk.page.keyboard.press("Tab");
    const at = await focused(desk);
    if (typeof words === "string" ? at === words : words.test(at)) return;
  }
  throw new Error(`Tab never reached ${words}`);
}

/** Follows what has the focus and waits for the page it leads to. */
async function press(desk: Desk, key: string, arrived: () => Promise<unknown>) {
  await desk.page.keyboard.press(key);
  await arrived();
}

/** Logs in by keys alone, as far as the first page of the portal. */
async function logIn(desk: Desk, persona: string, title: RegExp) {
  await desk.go("/");
  await tabTo(desk, "Log in with Care Identity");
  await press(desk, "Enter", () => expect(desk.page).toHaveTitle(/Choose who to be/));
  await desk.page.locator(`button[value="${persona}"]`).focus();
  await press(desk, "Enter", () => expect(desk.page).toHaveTitle(title));
}

test("Given only a keyboard, when a receptionist works from start to log-out, then she can", async ({ desk }) => {
  await logIn(desk, "gp-receptionist", /^Find a child/);
  expect(await focused(desk), "the field has the focus").toBe("NHS number");
  await desk.page.keyboard.type("9990000062");
  await press(desk, "Enter", () => expect(desk.page).toHaveTitle(/^Error: Find a child/));
  await tabTo(desk, /^Check the NHS number/);
  await desk.page.keyboard.press("Enter");
  await expect(desk.number).toBeFocused();
  await desk.page.keyboard.press("Control+A");
  await desk.page.keyboard.type(child("cpp").nhs_number);
  await press(desk, "Enter", () => expect(desk.answer).toBeVisible());
  await tabTo(desk, /^Proof that this look is in the audit log/);
  await desk.page.keyboard.press("Enter");
  await expect(desk.page.locator("details[open]")).toHaveCount(1);
  await tabTo(desk, "Check another child");
  await press(desk, "Enter", () => expect(desk.number).toBeVisible());
  await desk.go("/find");
  await tabTo(desk, "Log out");
  await press(desk, "Enter", () => expect(desk.page.getByText("You are logged out.")).toBeVisible());
});

test("Given only a keyboard, when an emergency nurse opens a child, then she can; and report the wrong person", async ({ desk }) => {
  await logIn(desk, "ed-nurse", /^Find a child/);
  await desk.page.keyboard.type(child("cpp").nhs_number);
  await press(desk, "Enter", () => expect(desk.openAndNotify).toBeVisible());
  await tabTo(desk, /^Open as Emergency department and notify/);
  await press(desk, "Enter", () => expect(desk.answer).toBeVisible());
  await tabTo(desk, "This is the wrong person");
  await press(desk, "Space", () => expect(desk.heading).toHaveText("Wrong person reported"));
});

test("Given only a keyboard, when a setting is chosen with the arrows, then it is", async ({ desk }) => {
  await logIn(desk, "two-settings", /^Choose a care setting/);
  await tabTo(desk, /^(Community paediatrics|Emergency department)$/);
  await desk.page.keyboard.press("Space");
  await desk.page.keyboard.press("ArrowDown");
  await expect(desk.page.getByRole("radio").nth(1)).toBeChecked();
  await press(desk, "Enter", () => expect(desk.page).toHaveTitle(/^Find a child/));
});

test("Given only a keyboard, when a role is chosen, then it is", async ({ desk }) => {
  await logIn(desk, "two-roles", /^Choose a role/);
  await desk.page.keyboard.press("Tab");
  await desk.page.getByRole("radio").first().focus();
  await desk.page.keyboard.press("Space");
  await tabTo(desk, "Continue");
  await press(desk, "Space", () => expect(desk.page).toHaveTitle(/^(Find a child|Choose a care setting)/));
});

test("Given any page, when Tab is first pressed, then the skip link comes, and leads past everything to the content", async ({ desk }) => {
  await desk.go("/contacts");
  await desk.page.keyboard.press("Tab");
  expect(await focused(desk)).toBe("Skip to main content");
  await expect(desk.page.getByRole("link", { name: "Skip to main content" })).toBeInViewport();
  await desk.page.keyboard.press("Enter");
  await desk.page.keyboard.press("Tab");
  expect(await desk.page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test("Given each page of the work, when one tabs through it, then every stop can be seen and is not covered", async ({ desk }) => {
  test.slow();
  const stops = async (page: string) => {
    const seen = new Set<string>();
    for (let pressed = 0; pressed < 80; pressed++) {
      await desk.page.keyboard.press("Tab");
      const at = await desk.page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        if (!element || element === document.body) return undefined;
        const painted = element.id === "hide" ? element.nextElementSibling! : element;
        const looks = [element, painted].flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::before")]);
        const ring = looks.some((look) => (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 && !/rgba\(0, 0, 0, 0\)/.test(look.outlineColor)) || look.boxShadow !== "none");
        const box = painted.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const covered = !(top && (painted.contains(top) || top.contains(painted) || top.closest("label")?.contains(painted)));
        return { name: (element.innerText || element.id).trim().slice(0, 40), ring, covered, on: box.height > 0 && box.bottom > 0 && box.top < innerHeight };
      });
      if (!at) break;
      expect.soft(at, `${page}: ${at.name}`).toMatchObject({ ring: true, covered: false, on: true });
      if (seen.has(at.name) && at.name === "Skip to main content") break;
      seen.add(at.name);
    }
    expect(seen.size, page).toBeGreaterThan(6);
  };
  await desk.go("/");
  await stops("start");
  await desk.startWorkAs("gp-clinician");
  await desk.go("/find");
  await stops("find");
  await desk.enter("1");
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await stops("find with an error");
  await desk.check(child("cpp-and-lac").nhs_number);
  await stops("answer");
  await desk.logOut();
  await desk.logInAs("two-settings");
  await expect(desk.heading).toHaveText("Where are you working now?");
  await stops("care setting");
  await desk.page.getByLabel("Emergency department").check();
  await desk.page.getByRole("button", { name: "Continue" }).click();
  await desk.identify(child("cpp").nhs_number);
  await stops("confirm");
});
