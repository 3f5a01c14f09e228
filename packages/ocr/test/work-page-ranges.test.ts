import { expect, test } from "vitest";
import { pageRanges } from "../src/work/page-ranges.ts";

test("short documents are cut into single pages, long ones into a few dozen ranges of at most eight", () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  expect(pageRanges(numbers(3))).toEqual([1, 2, 3].map((page) => ({ from: page, to: page })));
  expect(pageRanges([2, 8, 9])).toEqual([2, 8, 9].map((page) => ({ from: page, to: page })));
  expect(pageRanges(numbers(64))).toHaveLength(32);
  const long = pageRanges(numbers(2000));
  expect(Math.max(...long.map(({ from, to }) => to - from + 1))).toBe(8);
  expect(long.at(-1)?.to).toBe(2000);
  expect(pageRanges([])).toEqual([]);
});
