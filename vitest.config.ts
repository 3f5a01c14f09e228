// One run over every suite. Each package brings its own vitest.config.ts; this file only finds them.
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const folders = globSync(["packages/*", "apps/*", "scripts"], { cwd: import.meta.dirname });

export default defineConfig({
  test: {
    projects: folders.filter((folder) => existsSync(join(import.meta.dirname, folder, "vitest.config.ts"))).sort(),
    // The smallest machine that must pass has two cores.
    maxWorkers: 2,
  },
});
