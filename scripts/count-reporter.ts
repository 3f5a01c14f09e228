// Counts the tests of a Vitest run into the file named by COUNTS_FILE, so that test.mjs can add up all suites.
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** A skipped test counts as failed unless it says why (`context.skip("reason")`): a suite must not shrink in silence. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = {
      passed: 0,
      failed: unhandledErrors.length,
      skipped: [] as { name: string; reason: string | null }[],
    };
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") counts.passed++;
        else if (result.state === "failed") counts.failed++;
        else {
          const reason = (result.state === "skipped" && result.note) || null;
          if (reason === null) counts.failed++;
          counts.skipped.push({ name: `${test.project.name}: ${test.fullName}`, reason });
        }
      }
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    const file = process.env.COUNTS_FILE;
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}
