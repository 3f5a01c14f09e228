// `npm test`: installs, then runs every check and every suite. The last line is the sum: "N passed, N failed".
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildWeb } from "./build-web.mjs";
import { install } from "./install.mjs";
import { installSystemTools } from "./system-tools.mjs";
import { verify } from "./verify.mjs";
import { cacheFolder, node, root, run } from "./workspace.mjs";

let passed = 0;
let failed = 0;

/** Adds what `suite` returns; a suite that throws is one failure. */
async function add(suite) {
  try {
    const counts = await suite();
    passed += counts.passed;
    failed += counts.failed;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed++;
  }
}

const done = async (work) => {
  await work();
  return { passed: 0, failed: 0 };
};

await add(() => done(install));
if (failed === 0) {
  await add(() => done(installSystemTools));
  await add(() => done(buildWeb));
  await add(verify);
  await add(units);
  await add(browser);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function units() {
  const file = freshFile("vitest.json");
  const args = ["run", "--reporter=default", "--reporter=./scripts/count-reporter.ts"];
  const { ok } = await run(node, [join(root, "node_modules/vitest/vitest.mjs"), ...args], {
    env: { COUNTS_FILE: file },
  });
  return summed("Vitest", ok, file, (report) => report);
}

async function browser() {
  const cli = join(root, "apps/web/node_modules/@playwright/test/cli.js");
  const config = "apps/web/playwright.config.ts";
  if (!existsSync(join(root, config))) throw new Error(`${config} is missing.`);
  const file = freshFile("playwright.json");
  const { ok } = await run(node, [cli, "test", "--config", config, "--reporter=list,json"], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return summed("Playwright", ok, file, countPlaywright);
}

/** Playwright's JSON report as counts. A skip with a reason is listed, one without is a failure. */
function countPlaywright(report) {
  const { expected: passed, unexpected, flaky } = report.stats;
  /** @type {{ passed: number, failed: number, skipped: { name: string, reason: string | null }[] }} */
  const counts = { passed, failed: unexpected + flaky + report.errors.length, skipped: [] };
  const visit = (suite) => {
    for (const inner of suite.suites ?? []) visit(inner);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status !== "skipped") continue;
        const reason = test.annotations.find((annotation) => annotation.type === "skip")?.description ?? null;
        if (reason === null) counts.failed++;
        counts.skipped.push({ name: spec.title, reason });
      }
    }
  };
  for (const suite of report.suites) visit(suite);
  return counts;
}

/** Reads the report a runner left; a runner that failed without naming a failed test is one failure. */
function summed(name, ok, file, count) {
  if (!existsSync(file)) throw new Error(`${name} ended without a report.`);
  const counts = count(JSON.parse(readFileSync(file, "utf8")));
  for (const { name: test, reason } of counts.skipped) console.log(`Skipped: ${test} (${reason ?? "NO REASON GIVEN"})`);
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (counts.passed === 0 && counts.failed === 0) throw new Error(`${name} ran no tests.`);
  return counts;
}

function freshFile(name) {
  mkdirSync(cacheFolder, { recursive: true });
  const file = join(cacheFolder, name);
  rmSync(file, { force: true });
  return file;
}
