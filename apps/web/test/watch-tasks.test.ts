import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type StreamHandlers, watchTasks } from "../src/task/watch-tasks.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function start(probe: () => Promise<unknown> = async () => undefined) {
  const streams: StreamHandlers<string>[] = [];
  const seen: string[] = [];
  const stop = watchTasks<string>({
    subscribe: (handlers) => {
      streams.push(handlers);
      return () => seen.push("closed");
    },
    probe,
    onEvent: (event) => seen.push(event),
    onOpen: () => seen.push("open"),
    onLost: (lost) => seen.push(lost ? "lost" : "found"),
  });
  return { streams, seen, stop };
}

test("a short gap is not worth a word, a long one is told and healed", async () => {
  const { streams, seen } = start();
  streams[0]?.onOpen();
  streams[0]?.onInterrupted();
  await vi.advanceTimersByTimeAsync(1_000);
  streams[0]?.onOpen();
  expect(seen).toEqual(["found", "open", "found", "open"]);
  streams[0]?.onInterrupted();
  await vi.advanceTimersByTimeAsync(5_000);
  streams[0]?.onOpen();
  expect(seen.slice(4)).toEqual(["lost", "found", "open"]);
});

test("a stream that ended is opened again once the server answers", async () => {
  let reachable = false;
  const { streams } = start(async () => {
    if (!reachable) throw new Error("offline");
  });
  streams[0]?.onClosed();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(streams).toHaveLength(1);
  reachable = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(streams).toHaveLength(2);
});

test("after the stop nothing is heard and nothing is opened", async () => {
  const { streams, seen, stop } = start();
  streams[0]?.onClosed();
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  streams[0]?.onEvent("late");
  expect(streams).toHaveLength(1);
  expect(seen).toEqual(["closed"]);
});
