import { expect, test } from "vitest";
import { taskStatusSchema } from "../src/status.ts";
import { isSettled, mayMove, type TaskMove, taskMoves } from "../src/task-moves.ts";

const moves = Object.keys(taskMoves) as TaskMove[];

test("each status allows exactly the moves that are written here", () => {
  const allowed = Object.fromEntries(
    taskStatusSchema.options.map((status) => [status, moves.filter((move) => mayMove(status, move)).join(" ")]),
  );
  expect(allowed).toEqual({
    pending: "start fail cancel",
    processing: "complete fail cancel",
    completed: "retry",
    failed: "retry",
    cancelled: "retry",
  });
});

test("a task rests exactly in the statuses that only a retry leaves", () => {
  for (const status of taskStatusSchema.options) {
    const onlyRetry = moves.every((move) => !mayMove(status, move) || move === "retry");
    expect(isSettled(status)).toBe(onlyRetry);
  }
});

test("no move leads to the status it leaves", () => {
  for (const move of moves) expect(taskMoves[move].from).not.toContain(taskMoves[move].to);
});

test("every status but the first is reached by a move", () => {
  const reached = new Set(moves.map((move) => taskMoves[move].to));
  expect(taskStatusSchema.options.filter((status) => !reached.has(status))).toEqual(["pending"]);
});
