// What makes two pages the same: what is seen, what is to be done with it, and the attempt.
import { expect, test } from "vitest";
import { createSamePages } from "../src/work/same-pages.ts";

const options = { languages: ["eng"], mode: "auto" as const, rotate: true, deskew: true, pdfa: false };
const task = { id: 7, attempt: 1, options };
const reading = { number: 3, path: "a/b", sha256: "0", languages: ["eng"] };
const pixels = "a".repeat(64);

test("a reading is found for the same pixels read the same way in the same attempt, and for nothing else", () => {
  const same = createSamePages();
  same.keep(task, pixels, reading);
  expect(same.find({ ...task, options: { ...options, languages: ["eng"] } }, pixels)).toBe(reading);
  expect(same.find(task, "b".repeat(64))).toBeUndefined();
  expect(same.find({ ...task, attempt: 2 }, pixels)).toBeUndefined();
  expect(same.find({ ...task, id: 8 }, pixels)).toBeUndefined();
  const others = [{ languages: ["deu"] }, { mode: "force" as const }, { rotate: false }, { deskew: false }];
  for (const other of others) expect(same.find({ ...task, options: { ...options, ...other } }, pixels)).toBeUndefined();
});

test("the task that got no page for longest is forgotten first", () => {
  const same = createSamePages();
  for (let id = 1; id <= 16; id++) same.keep({ ...task, id }, pixels, reading);
  same.keep({ ...task, id: 1 }, "b".repeat(64), reading);
  same.keep({ ...task, id: 17 }, pixels, reading);
  expect(same.find({ ...task, id: 1 }, pixels)).toBe(reading);
  expect(same.find({ ...task, id: 2 }, pixels)).toBeUndefined();
});
