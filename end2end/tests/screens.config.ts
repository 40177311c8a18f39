// Pictures instead of journeys; see screens.mjs.

import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

export default defineConfig({
  ...journeys,
  globalSetup: undefined,
  outputDir: "results/screens-output",
  reporter: [["line"]],
  projects: [{ name: "screens", use: journeys.projects!.find(({ name }) => name === "with script")!.use, testMatch: "**/screens.pages.ts" }],
});
