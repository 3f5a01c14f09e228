// `pnpm verify`: everything that is checked without running the product. Each step runs even when an earlier one failed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { node, root, run } from "./workspace.mjs";

const bin = (path) => join(root, "node_modules", path);

/** Name, and what the lockfile's Node runs. @type {[string, string[]][]} */
const steps = [
  ["format and lint", [bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"]],
  ["types of the packages", [bin("turbo/bin/turbo"), "run", "types", "--output-logs=errors-only", "--continue"]],
  ["types of scripts and settings", [bin("typescript/bin/tsc"), "-p", "tsconfig.json"]],
  ["unused code", [bin("knip/bin/knip.js"), "--no-progress"]],
  ["shape", ["scripts/check-shape.ts"]],
  ["install scripts", ["scripts/check-install-scripts.ts"]],
  ["web bundle", ["scripts/check-bundle.ts"]],
  ["web first load", ["scripts/check-first-load.ts"]],
];

/** @returns {Promise<{ passed: number, failed: number }>} */
export async function verify() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, command] of steps) {
    if (name.startsWith("web ") && !existsSync(join(root, "apps/web/dist"))) continue;
    const { ok } = await run(node, command, { quiet: true });
    console.log(`${ok ? "✓" : "✗"} ${name}`);
    counts[ok ? "passed" : "failed"]++;
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { failed } = await verify();
  process.exitCode = failed === 0 ? 0 : 1;
}
