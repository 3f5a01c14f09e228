import type { LineJob, QueueLine } from "@legible/db/queue/line";
import { expect, test } from "vitest";
import { placeOf } from "../src/task/queue-place.ts";

const line = (waiting: [LineJob["job"], task: number, priority: number, pages: number][], pages = 1): QueueLine => ({
  waiting: waiting.map(([job, task, priority, count]) => ({ job, task, priority, pages: count })),
  running: { plans: 0, pages, assemblies: 0 },
});
const base = { status: "processing", pagesTotal: null, pagesDone: 0, pagesFailed: 0, lease: null, files: [{}] };
const reading = { ...base, pagesTotal: 10, pagesDone: 3, pagesFailed: 1 };

test("the place is the one in the line of the queue, priorities included", () => {
  const waiting = line([
    ["pages", 9, 20, 4],
    ["plan", 3, 0, 0],
    ["plan", 1, -10, 0],
    ["plan", 2, -20, 0],
  ]);
  expect([3, 1, 2].map((id) => placeOf({ ...base, id }, waiting, null).position)).toEqual([1, 2, 3]);
});

test("a task whose file is being opened has no place, and one whose job was taken this moment is next", () => {
  expect(placeOf({ ...base, id: 1, lease: "x" }, line([]), null).position).toBeNull();
  expect(placeOf({ ...base, id: 1 }, line([["plan", 2, 0, 0]]), null).position).toBe(1);
  expect(placeOf({ ...reading, id: 1 }, line([]), null).position).toBeNull();
});

test("nothing is guessed where no page has been measured", () => {
  expect(placeOf({ ...reading, id: 1 }, line([["pages", 1, 0, 6]]), null).estimatedMs).toBeNull();
});

test("the time left is that of the own pages and of those read before the last one, spread over the pages read at once", () => {
  const waiting = line([
    ["pages", 7, 10, 8],
    ["pages", 1, 0, 3],
    ["pages", 8, 0, 2],
    ["pages", 1, 0, 2],
    ["pages", 9, 0, 100],
  ]);
  expect(placeOf({ ...reading, id: 1 }, waiting, 1_000).estimatedMs).toBe((6 + 8 + 2) * 1_000);
  const two = { ...waiting, running: { ...waiting.running, pages: 2 } };
  expect(placeOf({ ...reading, id: 1 }, two, 1_000).estimatedMs).toBe(8_000);
  expect(placeOf({ ...reading, id: 5 }, waiting, 1_000).estimatedMs).toBe(6_000);
});

test("a file that nobody opened counts as a page, after the pages and files that go first", () => {
  const waiting = line([
    ["pages", 7, 10, 8],
    ["plan", 6, 0, 0],
    ["plan", 1, 0, 0],
    ["pages", 8, -10, 50],
  ]);
  expect(placeOf({ ...base, id: 1, files: [{}, {}] }, waiting, 1_000).estimatedMs).toBe((2 + 8 + 1) * 1_000);
});
