import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkInstallScripts } from "../check-install-scripts.ts";
import { seededFolder } from "./seeded-folder.ts";

const installed = (name: string, version: string) =>
  `node_modules/.pnpm/${name.replace("/", "+")}@${version}/node_modules/${name}/package.json`;
const manifest = (name: string, version: string, scripts?: Record<string, string>) =>
  JSON.stringify({ name, version, scripts });

const project = {
  "pnpm-workspace.yaml":
    'packages:\n  - apps/*\n\nonlyBuiltDependencies:\n  - "@scope/known"\n\n# why\nignoredBuiltDependencies:\n  - ignored # note\n',
  "pnpm-lock.yaml":
    "lockfileVersion: '9.0'\n\npackages:\n\n  '@scope/known@1.0.0':\n    resolution: {}\n\n  ignored@2.0.0:\n    resolution: {}\n\n  quiet@1.0.0:\n    resolution: {}\n\n  '@scope/new@3.0.0':\n    resolution: {}\n\n  native@1.0.0:\n    resolution: {}\n\nsnapshots:\n\n  left@1.0.0: {}\n",
  [installed("@scope/known", "1.0.0")]: manifest("@scope/known", "1.0.0", { postinstall: "x" }),
  [installed("ignored", "2.0.0")]: manifest("ignored", "2.0.0", { install: "x" }),
  [installed("quiet", "1.0.0")]: manifest("quiet", "1.0.0", { prepare: "x", test: "x" }),
  // Left in the store by an earlier lockfile.
  [installed("left", "1.0.0")]: manifest("left", "1.0.0", { install: "x" }),
};

test("accepts scripts that are on a list, and packages without one", () => {
  expect(checkInstallScripts(seededFolder(project))).toEqual([]);
});

test.each(["preinstall", "install", "postinstall"])("names a package with a new %s script", (script) => {
  const folder = seededFolder({
    ...project,
    [installed("@scope/new", "3.0.0")]: manifest("@scope/new", "3.0.0", { [script]: "node steal.js" }),
  });
  expect(checkInstallScripts(folder)).toEqual([expect.stringContaining(`@scope/new@3.0.0: wants to run ${script}`)]);
});

test("names a package that npm would build because of its binding.gyp", () => {
  const path = installed("native", "1.0.0");
  const folder = seededFolder({
    ...project,
    [path]: manifest("native", "1.0.0"),
    [path.replace("package.json", "binding.gyp")]: "{}",
  });
  expect(checkInstallScripts(folder)).toEqual([expect.stringContaining("native@1.0.0: wants to run binding.gyp")]);
});

test("sees the install scripts of this very project when the lists are empty", () => {
  const root = join(import.meta.dirname, "../..");
  const folder = seededFolder({
    "pnpm-workspace.yaml": "packages: []\n",
    "pnpm-lock.yaml": readFileSync(join(root, "pnpm-lock.yaml"), "utf8"),
  });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const found = checkInstallScripts(folder).join("\n");
  expect(found).toContain("node@");
  expect(found).toContain("tesseract.js@");
});
