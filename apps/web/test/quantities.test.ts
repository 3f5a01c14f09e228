import { expect, test } from "vitest";
import { en } from "../src/messages/en.ts";
import { zhTw } from "../src/messages/zh-tw.ts";
import { formatBytes, formatConfidence, formatDuration, formatWhen, toPercent } from "../src/ui/quantities.ts";

test.each([
  [0, "0 B"],
  [1023, "1,023 B"],
  [1024, "1 kB"],
  [1536, "1.5 kB"],
  [201 * 1024, "201 kB"],
  [200 * 1024 * 1024, "200 MB"],
  [1024 * 1024 - 1, "1 MB"],
])("%i bytes read as %s", (bytes, text) => {
  expect(formatBytes(bytes, "en")).toBe(text);
});

test.each([
  [0, "0 s"],
  [420, "0.4 s"],
  [9_940, "9.9 s"],
  [9_960, "10 s"],
  [59_600, "1 min"],
  [200_000, "3 min 20 s"],
  [7_500_000, "2 h 5 min"],
  [86_400_000, "1 d"],
  [100_000_000, "1 d 3 h"],
])("%i ms read as %s", (ms, text) => {
  expect(formatDuration(ms, en)).toBe(text);
});

test("the words for units are those of the language", () => {
  expect(formatDuration(200_000, zhTw)).toBe("3 分 20 秒");
});

test("a confidence is never rounded up to certainty", () => {
  expect(formatConfidence(99.9, "en")).toBe("99%");
  expect(formatConfidence(100, "en")).toBe("100%");
});

test("a time of today is told without its day, one of another year with its year", () => {
  const now = new Date(2026, 4, 20, 12, 0);
  expect(formatWhen(new Date(2026, 4, 20, 9, 5).toISOString(), now, "en-GB")).toBe("09:05");
  expect(formatWhen(new Date(2026, 0, 2, 9, 5).toISOString(), now, "en-GB")).toMatch(/^2 Jan,? (?:at )?09:05$/u);
  expect(formatWhen(new Date(2025, 0, 2, 9, 5).toISOString(), now, "en-GB")).toContain("2025");
  expect(formatWhen(new Date(2025, 0, 2, 9, 5).toISOString(), now, "zh-TW")).toMatch(/^2025年1月2日/u);
});

test("a share stays between 0 and 100", () => {
  expect(toPercent(0, 0)).toBe(0);
  expect(toPercent(1, 4)).toBe(25);
  expect(toPercent(5, 4)).toBe(100);
});
