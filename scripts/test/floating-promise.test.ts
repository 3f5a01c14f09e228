// Biome is the only linter here, and a forgotten await the mistake that costs most: this shows that it is really caught.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seededFolder } from "./seeded-folder.ts";

const root = join(import.meta.dirname, "../..");

/** What Biome, with the project's rules, says about `text`. */
function lint(text: string): { status: number | null; output: string } {
  const settings = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  // The seeded folder is no git checkout.
  delete settings.vcs;
  delete settings.$schema;
  const folder = seededFolder({
    "biome.json": JSON.stringify(settings),
    "package.json": "{}",
    "save.ts": "export async function save(): Promise<number> {\n  return 1;\n}\n",
    "seeded.ts": text,
  });
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, "lint", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

test("a promise that nobody awaits fails the check, also when its function is in another file", () => {
  const { status, output } = lint('import { save } from "./save.ts";\n\nexport function close() {\n  save();\n}\n');
  expect(output).toContain("noFloatingPromises");
  expect(status).not.toBe(0);
});

test("a promise where a condition belongs fails the check", () => {
  const { status, output } = lint('import { save } from "./save.ts";\n\nexport const a = () => (save() ? 1 : 2);\n');
  expect(output).toContain("noMisusedPromises");
  expect(status).not.toBe(0);
});

test("the same code with await passes", () => {
  const text = 'import { save } from "./save.ts";\n\nexport async function close() {\n  await save();\n}\n';
  expect(lint(text)).toMatchObject({ status: 0 });
});
