// One person at one browser, in the words of their work.

import { expect, type Page } from "@playwright/test";
import type { Seen, Stand } from "./journey";

export class Desk {
  constructor(
    readonly page: Page,
    readonly stand: Stand,
    readonly seen: Seen,
  ) {}

  get heading() {
    return this.page.locator("h1");
  }
  get number() {
    return this.page.getByLabel("NHS number", { exact: true });
  }
  get answer() {
    return this.page.locator("[data-answer]");
  }
  get told() {
    return this.page.locator("[data-told]");
  }
  get banner() {
    return this.page.getByRole("region", { name: "Person", exact: true });
  }
  get context() {
    return this.page.getByRole("region", { name: "How you are working now" });
  }
  get main() {
    return this.page.getByRole("main");
  }
  get history() {
    return this.page.getByRole("region", { name: "Looked up in unscheduled care" }).locator("tbody tr");
  }
  get openAndNotify() {
    return this.page.getByRole("button", { name: /^Open as .+ and notify$/ });
  }

  async go(path: string) {
    return this.page.goto(this.stand.portal + path);
  }

  /** From the start page to the sandbox's list of people. */
  async beginLogIn() {
    await this.go("/");
    await this.page.getByRole("link", { name: "Log in with Care Identity" }).click();
    await expect(this.page.getByRole("heading", { name: "Who would you like to be?" })).toBeVisible();
  }

  /** Logs in; ends wherever the portal leads this person first. */
  async logInAs(persona: string) {
    await this.beginLogIn();
    await this.page.locator(`button[name=persona][value="${persona}"]`).click();
  }

  /** Logs in somebody with one role and one setting: ends at the find form. */
  async startWorkAs(persona: string) {
    await this.logInAs(persona);
    await expect(this.number).toBeVisible();
  }

  /** Types a number and presses Enter. */
  async enter(number: string) {
    await this.number.fill(number);
    await this.number.press("Enter");
  }

  /** A silent read, from the find form to the answer. */
  async check(number: string) {
    await this.enter(number);
    await expect(this.answer).toBeVisible();
  }

  /** The first half of a notifying read: to the confirm page. */
  async identify(number: string) {
    await this.enter(number);
    await expect(this.openAndNotify).toBeVisible();
  }

  /** A whole notifying read. */
  async identifyAndOpen(number: string) {
    await this.identify(number);
    await this.openAndNotify.click();
    await expect(this.answer).toBeVisible();
  }

  async logOut() {
    await this.page.getByRole("navigation", { name: "Account" }).getByRole("button", { name: "Log out" }).click();
    await expect(this.page.getByText("You are logged out.")).toBeVisible();
  }
}
