// Every page there is, each with the way to it: for what must hold on all of them.

import { expect } from "@playwright/test";
import type { Desk } from "./desk";
import { child, faults } from "./stand/sandbox.mjs";
import { lockRegistry } from "./stand/lock.mjs";

/** A page and how to come to it; `then` is called while it stands there. */
export type Visit = (desk: Desk, then: () => Promise<void>) => Promise<void>;

const at = (path: string): Visit => async (desk, then) => {
  await desk.go(path);
  await then();
};

const answerOf = (name: string, persona = "gp-clinician"): Visit => async (desk, then) => {
  await desk.startWorkAs(persona);
  await desk.check(child(name).nhs_number);
  await then();
};

const wrongly = (typed: string, persona = "gp-clinician"): Visit => async (desk, then) => {
  await desk.startWorkAs(persona);
  await desk.enter(typed);
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await then();
};

const logInPage = (persona: string, heading: string): Visit => async (desk, then) => {
  await desk.logInAs(persona);
  await expect(desk.heading).toHaveText(heading);
  await then();
};

const confirm: Visit = async (desk, then) => {
  await desk.startWorkAs("ed-nurse");
  await desk.identify(child("cpp").nhs_number);
  await then();
};

const told = (inbox: string, name: string, wanted: string): Visit => async (desk, then) => {
  await faults(desk.stand, { inbox });
  await desk.startWorkAs("ed-nurse");
  await desk.identifyAndOpen(child(name).nhs_number);
  const now = async () => {
    await desk.page.reload();
    return desk.told.getAttribute("data-told");
  };
  await expect.poll(now).toBe(wanted);
  await then();
  await faults(desk.stand);
};

const wrongPerson = (persona: string): Visit => async (desk, then) => {
  await desk.startWorkAs(persona);
  await (persona === "ed-nurse" ? desk.identifyAndOpen(child("bulk-04").nhs_number) : desk.check(child("cpp").nhs_number));
  await desk.page.getByRole("button", { name: "This is the wrong person" }).click();
  await expect(desk.heading).toHaveText("Wrong person reported");
  await then();
};

const couldNotCheck: Visit = async (desk, then) => {
  await desk.startWorkAs("gp-clinician");
  const release = await lockRegistry(desk.stand.database);
  try {
    await desk.enter(child("cpp").nhs_number);
    await expect(desk.heading).toHaveText("CP-IS could not be checked");
    await then();
  } finally {
    await release();
  }
};

const cancelled: Visit = async (desk, then) => {
  await desk.beginLogIn();
  await desk.page.getByRole("button", { name: "Cancel" }).click();
  await expect(desk.heading).toHaveText("You did not log in");
  await then();
};

const loggedOut: Visit = async (desk, then) => {
  await desk.startWorkAs("dentist");
  await desk.logOut();
  await then();
};

/** By name, as the snapshots are called. */
export const PAGES: Record<string, Visit> = {
  start: at("/"),
  "start-logged-out": loggedOut,
  find: async (desk, then) => {
    await desk.startWorkAs("gp-receptionist");
    await then();
  },
  "find-notifying": async (desk, then) => {
    await desk.startWorkAs("ed-nurse");
    await then();
  },
  "find-with-an-error": wrongly("999 000 0062"),
  "find-with-two-errors": wrongly("999", "gp-careful"),
  confirm,
  "answer-none": answerOf("none"),
  "answer-current": answerOf("cpp"),
  "answer-current-receptionist": answerOf("cpp", "gp-receptionist"),
  "answer-two-authorities": answerOf("two-authorities"),
  "answer-history": answerOf("history-30"),
  "answer-ended": answerOf("ended-within"),
  "answer-unborn": answerOf("ucpp-long"),
  "answer-restricted": answerOf("restricted"),
  "answer-superseded": answerOf("superseded"),
  "answer-deceased": answerOf("deceased"),
  "answer-long-name": answerOf("long-name"),
  "answer-unknown": answerOf("not-on-index"),
  "answer-sensitive": answerOf("lac", "sarc-nurse"),
  "answer-told": told("up", "bulk-01", "delivered"),
  "answer-sending": told("down", "bulk-02", "pending"),
  "answer-not-delivered": told("refuse", "bulk-03", "failed"),
  "could-not-check": couldNotCheck,
  "wrong-person": wrongPerson("gp-clinician"),
  "wrong-person-notified": wrongPerson("ed-nurse"),
  role: logInPage("two-roles", "Which role are you working in?"),
  "care-setting": logInPage("two-settings", "Where are you working now?"),
  "care-setting-with-an-error": async (desk, then) => {
    await desk.logInAs("two-settings");
    await desk.page.getByRole("button", { name: "Continue" }).click();
    await expect(desk.page.getByRole("alert")).toBeVisible();
    await then();
  },
  "no-roles": logInPage("no-roles", "You do not have access"),
  "no-access": logInPage("no-code", "You do not have access"),
  "no-access-another-desk": logInPage("privacy-officer", "You do not have access"),
  "log-in-too-weak": logInPage("low-assurance", "Your log-in is not strong enough"),
  "log-in-cancelled": cancelled,
  "answer-gone": async (desk, then) => {
    await desk.startWorkAs("dentist");
    await desk.go("/lookups/none");
    await then();
  },
  "not-found": at("/no/such/page"),
  "timed-out": at("/timed-out"),
  contacts: at("/contacts"),
  help: at("/help"),
  accessibility: at("/accessibility"),
  privacy: at("/privacy"),
  cookies: at("/cookies"),
  "whats-new": at("/whats-new"),
};
