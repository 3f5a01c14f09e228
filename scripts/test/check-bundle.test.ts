import { expect, test } from "vitest";
import { checkBundle } from "../check-bundle.ts";
import { seededFolder } from "./seeded-folder.ts";

test("finds nothing in a bundle of browser code", () => {
  expect(checkBundle(seededFolder({ "index.html": "<p>", "assets/a.js": "fetch('/trpc')" }))).toEqual([]);
});

test.each([
  'import"node:fs"',
  'require("@prisma/client")',
  "process.env.DATABASE_URL",
  "a.passwordHash",
  "ADMIN_PASSWORD",
])("finds %s in a script", (text) => {
  const found = checkBundle(seededFolder({ "index.html": "<p>", "assets/a.js": `x;${text};y` }));
  expect(found).toEqual([expect.stringContaining("assets/a.js: holds")]);
});

test("looks into source maps and pages as well", () => {
  const folder = seededFolder({
    "a.js": "",
    "a.js.map": '{"sources":["@prisma/client"]}',
    "index.html": "DATABASE_URL",
  });
  expect(checkBundle(folder)).toHaveLength(2);
});

test("a folder without a script is no bundle", () => {
  expect(() => checkBundle(seededFolder({ "index.html": "" }))).toThrow("not a build");
});
