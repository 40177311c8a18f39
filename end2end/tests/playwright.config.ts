// The browser journeys: the same ones with and without script, then what must be true after all of them.

import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import { launchOptions } from "./stand/browser.mjs";

const use: PlaywrightTestConfig["use"] = {
  browserName: "chromium",
  launchOptions,
  locale: "en-GB",
  timezoneId: "Europe/London",
  viewport: { width: 1280, height: 900 },
  trace: process.env.TRACE ? "retain-on-failure" : "off",
  screenshot: "off",
};

const AROUND = ["**/*.before.spec.ts", "**/*.after.spec.ts"];

export default defineConfig({
  testDir: ".",
  outputDir: "results/output",
  snapshotPathTemplate: "{testDir}/snapshots/{arg}{ext}",
  globalSetup: "./global-setup.ts",
  reporter: process.env.CI ? [["list"]] : [["list"], ["html", { outputFolder: "results/report", open: "never" }]],
  // Each worker has a portal, a sandbox and a registry of its own, so that workers never share a person.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: "before all", use, testMatch: "**/*.before.spec.ts", teardown: "after all" },
    { name: "without script", use: { ...use, javaScriptEnabled: false }, testIgnore: ["**/*.script.spec.ts", ...AROUND], dependencies: ["before all"] },
    { name: "with script", use, testIgnore: ["**/*.noscript.spec.ts", ...AROUND], dependencies: ["before all"] },
    // Also when a journey failed.
    { name: "after all", use, testMatch: "**/*.after.spec.ts" },
  ],
});
