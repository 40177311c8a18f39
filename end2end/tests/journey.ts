// The ground every journey stands on: a stand of its own per worker, and a record of everything the browser asked for and was shown.

import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Desk } from "./desk";
import { bundleIsBuilt, startStand, TESTS } from "./stand/programs.mjs";
import { faults } from "./stand/sandbox.mjs";

export { expect };

/** A portal with its sandbox. */
export type Stand = Awaited<ReturnType<typeof startStand>>;

/** What the browser itself says of a page answered with an error status, which its journey expects; not of a file that is missing. */
const A_REFUSED_PAGE = /^Failed to load resource: the server responded with a status of \d+(?!.*\/assets\/)/;
/** What the browser says when somebody was quicker at the field than the page that would have put them there. */
const ALREADY_THERE = /^Autofocus processing was blocked because a document already has a focused element/;
/** What the browser says when it empties its memory at a log-out. */
const MEMORY_EMPTIED = /^Clear-Site-Data header on '[^']+\/log-out': Cleared data types/;

/** What the browser did in one test: every request, every console message. */
export class Seen {
  readonly requests: { method: string; url: string }[] = [];
  readonly console: string[] = [];
  private readonly pending: Promise<unknown>[] = [];

  constructor(private readonly stand: Stand) {}

  /** Watches a context from now on. */
  watch(context: BrowserContext) {
    context.on("request", (request) => {
      this.requests.push({ method: request.method(), url: request.url() });
      this.keep("addresses", request.url());
    });
    context.on("response", (response) => {
      if (!response.url().startsWith(this.stand.portal)) return;
      const kept = response.headersArray().then((headers) => {
        for (const { name, value } of headers) {
          const secret = /^[^=]+=([^;]+)/.exec(value)?.[1];
          if (name.toLowerCase() === "set-cookie" && secret) this.keep("secrets", secret);
        }
      });
      this.pending.push(kept.catch(() => undefined));
    });
    context.on("console", (message) => this.console.push(`${message.text()} at ${message.location().url}`));
    context.on("weberror", (error) => this.console.push(`error: ${error.error().message}`));
    const page = (page: Page) =>
      page.on("domcontentloaded", () => this.pending.push(page.title().then((title) => this.keep("titles", title), () => undefined)));
    context.on("page", page);
    context.pages().forEach(page);
  }

  /** The portal's own POSTs so far. */
  posts() {
    return this.requests.filter(({ method, url }) => method === "POST" && url.startsWith(this.stand.portal)).map(({ url }) => new URL(url).pathname);
  }

  /** Everything asked of anybody but the portal and its sandbox. */
  strangers() {
    const known = [this.stand.portal, this.stand.sandbox];
    return this.requests.map(({ url }) => url).filter((url) => !known.some((origin) => new URL(url).origin === origin) && !/^(about|data|blob):/.test(url));
  }

  /** Leaves out what was asked of an origin that the test itself stood in for. */
  forget(origin: string) {
    for (let at = this.requests.length - 1; at >= 0; at--) if (this.requests[at].url.startsWith(origin)) this.requests.splice(at, 1);
  }

  /** Waits until everything is written down. */
  async settle() {
    await Promise.all(this.pending);
  }

  private keep(what: string, line: string) {
    appendFileSync(join(this.stand.folder, what), `${line}\n`);
  }
}

interface Fixtures {
  seen: Seen;
  desk: Desk;
  /** Another browser of its own, watched like the first. */
  anotherDesk: () => Promise<Desk>;
}

interface Ground {
  /** How this file's stand differs from the usual one; any difference gives the file a stand of its own. */
  unlike: { sandboxHost?: string; site?: string; purpose?: string };
  stand: Stand;
}

export const test = base.extend<Fixtures, Ground>({
  unlike: [{}, { option: true, scope: "worker" }],
  stand: [
    async ({ unlike }, use, worker) => {
      const folder = join(TESTS, "results/evidence", `${worker.workerIndex}-${worker.project.name.replace(/ /g, "-")}`);
      const stand = await startStand({ folder, ...unlike });
      await use(stand);
      await stand.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ stand }, use) => use(stand.portal),
  seen: async ({ stand }, use) => {
    const seen = new Seen(stand);
    await faults(stand);
    await use(seen);
    await seen.settle();
    expect(seen.strangers(), "nobody but the portal and its sandbox is asked for anything").toEqual([]);
    const expected = [A_REFUSED_PAGE, ALREADY_THERE, MEMORY_EMPTIED];
    const said = seen.console.filter((text) => !expected.some((words) => words.test(text)));
    expect(said, "the console stays silent").toEqual([]);
  },
  context: async ({ context, seen }, use) => {
    seen.watch(context);
    await use(context);
  },
  desk: async ({ page, stand, seen }, use) => use(new Desk(page, stand, seen)),
  anotherDesk: async ({ browser, javaScriptEnabled, stand, seen }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ javaScriptEnabled });
      seen.watch(context);
      opened.push(context);
      return new Desk(await context.newPage(), stand, seen);
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

/** Skips the journeys of the islands, saying why, where no browser bundle was built. */
export function needsTheBundle() {
  test.skip(!bundleIsBuilt(), "there is no browser bundle in target/site");
}
