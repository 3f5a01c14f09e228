import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { findHeavyLoads, measureLoads } from "../check-first-load.ts";
import { seededFolder } from "./seeded-folder.ts";

/** A comment that gzip cannot make smaller than about three quarters. */
const weight = (bytes: number) => `//${randomBytes(bytes).toString("base64")}\n`;
const page = (entry: string) => ({
  "index.html": `<script type="module" src="/assets/${entry}"></script><link rel="modulepreload" href="/assets/lib-00000000.js">`,
});

test("a page costs the entry, itself and what both import, each file once", () => {
  const folder = seededFolder({
    ...page("index-00000000.js"),
    "assets/index-00000000.js": `import{a}from"./lib-00000000.js";import("./home-page-00000000.js");${weight(1_000)}`,
    "assets/lib-00000000.js": `export const a=1;${weight(2_000)}`,
    "assets/home-page-00000000.js": `import{a}from"./lib-00000000.js";import"./list-00000000.js";import("./chart-00000000.js")`,
    "assets/list-00000000.js": weight(3_000),
    "assets/chart-00000000.js": weight(4_000),
    "assets/forgotten-00000000.js": weight(50_000),
  });
  const loads = new Map(measureLoads(folder).map((load) => [load.name, load]));
  expect([...loads.keys()].sort()).toEqual(["chart", "entry", "home-page"]);
  const entry = loads.get("entry")?.total ?? 0;
  expect(entry).toBeGreaterThan(3_000);
  expect(entry).toBeLessThan(4_000);
  expect(loads.get("home-page")).toMatchObject({ page: true });
  expect(loads.get("home-page")?.added).toBeGreaterThan(3_000);
  expect(loads.get("home-page")?.added).toBeLessThan(4_000);
  expect(loads.get("home-page")?.total).toBe(entry + (loads.get("home-page")?.added ?? 0));
  expect(loads.get("chart")).toMatchObject({ page: false });
});

test("a page of the administration stands in its frame and has texts of its own", () => {
  const folder = seededFolder({
    ...page("index-00000000.js"),
    "assets/index-00000000.js": `import("./admin-frame-00000000.js");import("./admin-users-page-00000000.js");import("./en-admin-00000000.js")`,
    "assets/en-admin-00000000.js": weight(4_000),
    "assets/lib-00000000.js": "",
    "assets/admin-frame-00000000.js": weight(2_000),
    "assets/admin-users-page-00000000.js": weight(1_000),
  });
  const users = measureLoads(folder).find(({ name }) => name === "admin-users-page");
  expect(users?.added).toBeGreaterThan(5_500);
});

test("a page costs as much as in its dearest language, and a part nothing of the kind", () => {
  const folder = seededFolder({
    ...page("index-00000000.js"),
    "assets/index-00000000.js": `import("./home-page-00000000.js");import("./chart-00000000.js");import("./en-00000000.js");import("./zh-tw-00000000.js")`,
    "assets/lib-00000000.js": "",
    "assets/home-page-00000000.js": weight(1_000),
    "assets/chart-00000000.js": weight(1_000),
    "assets/en-00000000.js": weight(2_000),
    "assets/zh-tw-00000000.js": weight(6_000),
  });
  const added = new Map(measureLoads(folder).map((load) => [load.name, load.added]));
  expect(added.get("home-page")).toBeGreaterThan(6_000);
  expect(added.get("home-page")).toBeLessThan(8_000);
  expect(added.get("chart")).toBeLessThan(1_500);
});

test("a first page and a part that are too heavy are named", () => {
  expect(
    findHeavyLoads([
      { name: "entry", page: true, added: 0, total: 250_001 },
      { name: "home-page", page: true, added: 1, total: 250_000 },
      { name: "chart", page: false, added: 120_001, total: 370_000 },
      { name: "viewer", page: false, added: 120_000, total: 370_000 },
    ]),
  ).toEqual([expect.stringMatching(/^entry: opened first/u), expect.stringMatching(/^chart: adds/u)]);
});

test("a folder without a page is no build", () => {
  expect(() => measureLoads(seededFolder({ "index.html": "<p>" }))).toThrow("not a build");
});
