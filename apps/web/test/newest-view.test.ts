import { expect, test } from "vitest";
import { newestView } from "../src/task/newest-view.ts";

const view = (taskId: string, revision: number) => ({ taskId, revision });

test("an answer older than what a live event brought is dropped, a newer one is taken", () => {
  const held = view("a", 7);
  expect(newestView(held, view("a", 5))).toBe(held);
  const newer = view("a", 8);
  expect(newestView(held, newer)).toBe(newer);
});

test("the first answer is taken, and so is another task's", () => {
  const first = view("a", 1);
  expect(newestView(undefined, first)).toBe(first);
  const other = view("b", 1);
  expect(newestView(view("a", 7), other)).toBe(other);
});
