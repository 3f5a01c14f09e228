import { pageRangesSchema, selectPages } from "@legible/shared/options";
import { expect, test } from "vitest";
import { readRanges, toRanges } from "../src/task/viewer/page-ranges.ts";

test("chosen pages are written as short as can be", () => {
  expect(toRanges([7, 1, 2, 3, 3, 9, 10])).toBe("1-3,7,9-10");
  expect(toRanges([])).toBe("");
});

test("written pages are those that the document has; anything else is a problem", () => {
  expect(readRanges("1-3, 7", 9)).toEqual({ numbers: [1, 2, 3, 7] });
  expect(readRanges("8-", 9)).toEqual({ numbers: [8, 9] });
  expect(readRanges("10", 9).problem).toBe("wrong");
  expect(readRanges("", 9).problem).toBe("wrong");
  expect(readRanges("one", 9).problem).toBe("wrong");
  expect(readRanges(Array.from({ length: 99 }, (_, index) => index * 2 + 1).join(","), 500).problem).toBe("long");
});

test.each(["1", "1-3,7", " 2 - 3", "2-", "-3", "3-1", "0-2", "7,7,6-8", "1,,2", "1;2", "12345678", "1-2-3"])(
  "%j means to the page what it means to the server",
  (text) => {
    const valid = pageRangesSchema.safeParse(text).success;
    expect(readRanges(text, 9).numbers).toEqual(valid ? selectPages(text, 9) : []);
  },
);
