import { expect, test } from "vitest";
import { en } from "../src/messages/en.ts";
import { describeProgress } from "../src/task/describe-progress.ts";

const running = {
  status: "processing",
  pagesTotal: 12,
  pagesDone: 3,
  pagesFailed: 0,
  queuePosition: null,
  startedAt: null,
  estimatedMs: null,
  files: [{ uploaded: true }],
} as const;

test("a running document tells its page and how far it is", () => {
  expect(describeProgress(running, en)).toEqual({ text: "Page 3 of 12", percent: 25 });
});

test("a failed page counts as passed", () => {
  expect(describeProgress({ ...running, pagesFailed: 3 }, en)).toEqual({ text: "Page 6 of 12", percent: 50 });
});

test("when the last page is read the results are being put together", () => {
  expect(describeProgress({ ...running, pagesDone: 11, pagesFailed: 1 }, en)).toEqual({
    text: "Putting the results together",
    percent: 100,
  });
});

test("before the pages are known there is a word and no number", () => {
  expect(describeProgress({ ...running, pagesTotal: null }, en)).toEqual({ text: "Opening the file", percent: null });
});

test("one that waits tells its place in line", () => {
  expect(describeProgress({ ...running, pagesTotal: null, queuePosition: 4 }, en)?.text).toBe("Number 4 in line");
  expect(describeProgress({ ...running, status: "pending", queuePosition: 1 }, en)?.text).toBe("Next in line");
});

test("how long it may take is told in round figures, and not when it is about to end", () => {
  const after = (estimatedMs: number) => describeProgress({ ...running, estimatedMs }, en)?.text;
  expect(after(4_000)).toBe("Page 3 of 12");
  expect(after(41_200)).toBe("Page 3 of 12 · about 45 s left");
  expect(after(130_000)).toBe("Page 3 of 12 · about 3 min left");
  expect(after(3_700_000)).toBe("Page 3 of 12 · about 1 h 10 min left");
  const waiting = { ...running, pagesTotal: null, queuePosition: 2, estimatedMs: 90_000 };
  expect(describeProgress(waiting, en)?.text).toBe("Number 2 in line · about 2 min left");
});

test("one that nobody has started says so", () => {
  expect(describeProgress({ ...running, status: "pending" }, en)?.text).toBe("Not started");
});

test("one whose files are still on their way says so", () => {
  const files = [{ uploaded: true }, { uploaded: false }];
  expect(describeProgress({ ...running, status: "pending", files }, en)?.text).toBe("Waiting for its files");
});

test.each(["completed", "failed", "cancelled"] as const)("one that is %s has no progress", (status) => {
  expect(describeProgress({ ...running, status }, en)).toBeUndefined();
});
