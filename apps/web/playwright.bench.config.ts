import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** Measurements and pictures: never part of the tests. `pnpm --filter @legible/web measure`, `pnpm --filter @legible/web pictures`. */
export default defineConfig({
  ...tests,
  testDir: "e2e/bench",
  testIgnore: [],
  // A document of 500 pages is read first.
  timeout: 600_000,
  use: { ...tests.use, trace: "off" },
});
