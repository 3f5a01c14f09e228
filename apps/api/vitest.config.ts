import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "api",
    include: ["test/**/*.test.ts"],
    globalSetup: ["../../packages/db/src/testing-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
