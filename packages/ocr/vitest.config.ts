import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "ocr",
    include: ["test/**/*.test.ts"],
    globalSetup: ["@legible/db/testing-setup"],
    // Two cores, and every sandboxed process takes one.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
