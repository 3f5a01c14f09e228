// The last line of `npm test` is only worth something when every kind of failure is counted.
import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seededFolder } from "./seeded-folder.ts";

const root = join(import.meta.dirname, "../..");

/** What is counted in a run over `suites` (name → text of a test file). */
function count(suites: Record<string, string>): unknown {
  const folder = seededFolder({
    "vitest.config.ts": 'export default { test: { name: "seeded", include: ["*.test.ts"] } };\n',
    ...suites,
  });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const counts = join(folder, "counts.json");
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", `--reporter=${root}/scripts/count-reporter.ts`];
  spawnSync(process.execPath, args, { cwd: folder, env: { ...process.env, COUNTS_FILE: counts } });
  return JSON.parse(readFileSync(counts, "utf8"));
}

test("passed, failed, broken, unhandled and skipped tests are all counted", () => {
  const suites = {
    "a.test.ts": `import { describe, expect, test } from "vitest";
      test("passes", () => expect(1).toBe(1));
      test("fails", () => expect(1).toBe(2));
      describe("group", () => { test("passes, too", () => {}); });
      test.skip("left out in silence", () => {});
      test.todo("still to be written");
      test("left out for a reason", (context) => context.skip("no such program"));`,
    "cannot-load.test.ts": 'import "./is-not-there.ts";',
    "unhandled.test.ts": `import { test } from "vitest";
      test("passes, but leaves a rejection", () => { void Promise.reject(new Error("nobody looks")); });`,
    "broken-hook.test.ts": `import { beforeAll, describe, test } from "vitest";
      describe("group", () => { beforeAll(() => { throw new Error("hook"); }); test("never runs", () => {}); });`,
  };
  expect(count(suites)).toMatchObject({
    passed: 3,
    // fails, two skips without a reason, the file that cannot load, the rejection, the hook and the test behind it.
    failed: 7,
    skipped: expect.arrayContaining([
      { name: "seeded: left out for a reason", reason: "no such program" },
      { name: "seeded: left out in silence", reason: null },
      { name: "seeded: still to be written", reason: null },
    ]),
  });
});
