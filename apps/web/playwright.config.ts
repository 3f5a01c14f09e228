import { defineConfig } from "@playwright/test";
import { chromium } from "./e2e/chromium.ts";

/** One browser and one server at a time: recognition takes all the cores there are. */
export default defineConfig({
  testDir: "e2e",
  testIgnore: "bench/**",
  outputDir: "../../artifacts/playwright",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  reporter: "list",
  // Reading four pages on two slow cores; a hang is told long before the whole run is given up.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  use: {
    launchOptions: chromium,
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    trace: "retain-on-failure",
  },
});
