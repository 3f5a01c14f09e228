// The system's Chromium: Playwright's own browsers cannot be downloaded everywhere.
import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** How to start it. Without a browser Playwright says itself that the file is missing. */
export const chromium: LaunchOptions = {
  executablePath: places.find((place) => existsSync(place)) ?? "/usr/bin/chromium",
  args: [
    // Chromium refuses its sandbox to root, and the pages shown here are our own.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    // A test machine may have no network: nothing may wait for it.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
