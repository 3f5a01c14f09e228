// Counts by the minute, shared by every process on a database.
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openCounters } from "../src/counters.ts";
import { silentLog, type TestDatabase, testDatabase } from "../src/testing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
afterEach(() => {
  vi.useRealTimers();
});

const rows = () =>
  database.asOwner<{ key: string; points: number }>("SELECT key, points FROM legible_rate_limits ORDER BY key");

test("of two hundred at once from two processes exactly as many pass as may", async () => {
  const other = openCounters(database.address, silentLog);
  const counters = [database.counters, other].map((counters) => counters.counter("race", 50, 60));
  const waits = await Promise.all(Array.from({ length: 200 }, (_, index) => counters[index % 2]?.take("x", 1)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(50);
  for (const wait of waits) expect(wait).toBeLessThanOrEqual(60_000);
  await other.close();
});

test("each key and each name counts for itself, by as many points as are taken", async () => {
  const counter = database.counters.counter("points", 10, 60);
  expect(await counter.take("a", 10)).toBe(0);
  expect(await counter.take("a", 1)).toBeGreaterThan(0);
  expect(await counter.take("b", 6)).toBe(0);
  expect(await counter.take("b", 6)).toBeGreaterThan(0);
  expect(await database.counters.counter("other", 10, 60).take("a", 1)).toBe(0);
});

test("a key that is full asks the database no more, and begins anew in the next window", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const counter = database.counters.counter("window", 1, 60);
  await counter.take("x", 1);
  await counter.take("x", 1);
  const before = (await rows()).find(({ key }) => key === "window:x");
  expect(await counter.take("x", 1)).toBeGreaterThan(0);
  expect((await rows()).find(({ key }) => key === "window:x")).toEqual(before);
  vi.setSystemTime(Date.now() + 60_001);
  expect(await counter.take("x", 1)).toBe(0);
});

test("counts that are over are swept, the others stay", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await database.counters.counter("short", 5, 1).take("x", 1);
  await database.counters.counter("long", 5, 3_600).take("x", 1);
  vi.setSystemTime(Date.now() + 60_000);
  await database.counters.sweep();
  const left = (await rows()).map(({ key }) => key);
  expect(left).toContain("long:x");
  expect(left).not.toContain("short:x");
});

test("a database that is away is said to be, and nothing passes uncounted", async () => {
  const away = openCounters({ socketFolder: "/nonexistent" }, silentLog);
  await expect(away.counter("away", 5, 60).take("x", 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await away.close();
});
