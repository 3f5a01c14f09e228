import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pagesJob, planJob } from "../src/jobs.ts";
import { requeueAll } from "../src/queue/requeue.ts";
import { openQueue, type Queue } from "../src/queue.ts";
import { silentLog, type TestDatabase, testDatabase } from "../src/testing.ts";

let database: TestDatabase;
let userId: number;
beforeEach(async () => {
  database = await testDatabase();
  userId = (await database.createUser()).id;
});
afterEach(() => database.close());

const send = (task: number, user = userId, priority = 0) =>
  database.asUser(user, (tx) => database.queue.send(tx, planJob, { task, attempt: 1 }, { userId: user, priority }));

/** A list that can be waited for. */
function recorder<T>() {
  const items: T[] = [];
  const until = async (count: number): Promise<T[]> => {
    while (items.length < count) await delay(5);
    return items;
  };
  return { add: (item: T) => void items.push(item), items, until };
}

/** Holds whoever waits until it is opened. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

const jobStates = () =>
  database.asOwner<{ state: string; retries: number }>(
    "SELECT state::text, retry_count AS retries FROM pgboss.job WHERE name IN ('plan', 'pages') ORDER BY created_on",
  );

describe("a job", () => {
  test("sent by a transaction that is undone does not exist", async () => {
    const failing = database.asUser(userId, async (tx) => {
      await database.queue.send(tx, planJob, { task: 1, attempt: 1 }, { userId });
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect(await database.queue.counts()).toEqual({ waiting: 0, active: 0 });
  });

  test("wakes a worker when its transaction commits", async () => {
    const seen = recorder<unknown>();
    await database.queue.work(planJob, { concurrency: 1 }, async (payload) => seen.add(payload));
    await send(7);
    expect(await seen.until(1)).toEqual([{ task: 7, attempt: 1 }]);
  });

  test("leaves the transaction in its former role", async () => {
    const roles = await database.asUser(userId, async (tx) => {
      await database.queue.send(tx, planJob, { task: 1, attempt: 1 }, { userId });
      return tx.$queryRaw<{ role: string }[]>`SELECT current_user::text AS role`;
    });
    expect(roles).toEqual([{ role: "legible_user" }]);
  });

  test("with a payload that is not its kind's is refused, and nothing is sent", async () => {
    const wrong = database.asUser(userId, (tx) =>
      database.queue.send(tx, pagesJob, { task: 1, attempt: 1, from: 0, to: 1 }, { userId }),
    );
    await expect(wrong).rejects.toThrow();
    expect((await database.queue.counts()).waiting).toBe(0);
  });

  test("whose handler failed is run again", async () => {
    const seen = recorder<number>();
    await database.queue.work(planJob, { concurrency: 1 }, async ({ task }) => {
      seen.add(task);
      if (seen.items.length === 1) throw new Error("first time");
    });
    await send(3);
    await seen.until(1);
    await expect.poll(jobStates).toMatchObject([{ state: "retry" }]);
    // Not waiting for its delay.
    await database.asOwner("UPDATE pgboss.job SET start_after = now()");
    expect(await seen.until(2)).toEqual([3, 3]);
  });

  test("whose time is hours away, because the clock was set back, runs when it is noticed; a repetition keeps its time", async () => {
    const done = recorder<number>();
    await send(1);
    await send(2);
    await database.asOwner(
      `UPDATE pgboss.job SET start_after = now() + CASE WHEN data->>'task' = '1' THEN interval '1 hour' ELSE interval '64 s' END`,
    );
    await database.queue.work(planJob, { concurrency: 1 }, async ({ task }) => done.add(task));
    expect(await database.queue.wakeDelayed()).toBe(1);
    expect(await database.queue.wakeDelayed()).toBe(0);
    expect(await done.until(1)).toEqual([1]);
  });

  test("of higher priority runs first", async () => {
    await send(1);
    await send(2, userId, 5);
    const seen = recorder<number>();
    await database.queue.work(planJob, { concurrency: 1 }, async ({ task }) => seen.add(task));
    await send(3, userId, -5);
    expect(await seen.until(3)).toEqual([2, 1, 3]);
  });
});

describe("a worker", () => {
  test("is told the priority of its job, and can ask whether a more urgent one waits", async () => {
    await send(1, userId, -3);
    const hold = gate();
    const told = recorder<number>();
    await database.queue.work(planJob, { concurrency: 1 }, async (_payload, _signal, priority) => {
      told.add(priority);
      await hold.opened;
    });
    expect(await told.until(1)).toEqual([-3]);
    await send(2, userId, -3);
    expect(await database.queue.hasUrgent(planJob, -3)).toBe(false);
    await send(3, userId, -2);
    expect(await database.queue.hasUrgent(planJob, -3)).toBe(true);
    expect(await database.queue.hasUrgent(pagesJob, -3)).toBe(false);
    expect(await database.queue.line()).toEqual({
      waiting: [
        { job: "plan", task: 3, priority: -2, pages: 0 },
        { job: "plan", task: 2, priority: -3, pages: 0 },
      ],
      running: { plans: 1, pages: 0, assemblies: 0 },
    });
    hold.open();
    expect(await told.until(3)).toEqual([-3, -2, -3]);
  });

  test("that died with its process is replaced at once when the installation starts again", async () => {
    const dead: Queue = await openQueue(database.address, silentLog);
    const hold = gate();
    const first = recorder<number>();
    await dead.work(planJob, { concurrency: 1 }, async ({ task }) => {
      first.add(task);
      await hold.opened;
    });
    await send(9);
    await first.until(1);
    expect(await requeueAll(database.address)).toBe(1);
    expect(await jobStates()).toEqual([{ state: "created", retries: 0 }]);
    const second = recorder<number>();
    await database.queue.work(planJob, { concurrency: 1 }, async ({ task }) => second.add(task));
    expect(await second.until(1)).toEqual([9]);
    hold.open();
    await dead.stop({ graceMs: 1_000 });
  });

  test("that is stopped lets the running job end within the grace", async () => {
    const queue = await openQueue(database.address, silentLog);
    const started = recorder<boolean>();
    const hold = gate();
    await queue.work(planJob, { concurrency: 1 }, async () => {
      started.add(true);
      await hold.opened;
    });
    await send(1);
    await started.until(1);
    const stopped = queue.stop({ graceMs: 20_000 });
    hold.open();
    await stopped;
    expect(await jobStates()).toMatchObject([{ state: "completed" }]);
  });

  test("that does not end within the grace is told to, and its job waits for another one", async () => {
    const queue = await openQueue(database.address, silentLog);
    const started = recorder<AbortSignal>();
    await queue.work(planJob, { concurrency: 1 }, async (_payload, signal) => {
      started.add(signal);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    });
    await send(1);
    const [signal] = await started.until(1);
    await queue.stop({ graceMs: 1_000 });
    expect(signal?.aborted).toBe(true);
    expect(await jobStates()).toMatchObject([{ state: "retry" }]);
  });
});

test("a question whose connection is ended by the database is answered by UNAVAILABLE", async () => {
  await database.asOwnerClient(async (owner) => {
    await owner.query("BEGIN");
    await owner.query("LOCK TABLE pgboss.job IN ACCESS EXCLUSIVE MODE");
    const asked = [database.queue.line(), database.queue.counts()].map((answer) => answer.catch((error) => error));
    let answered = 0;
    for (const answer of asked) void answer.then(() => answered++);
    // By another connection: within a transaction the list of processes stands still.
    while (answered < asked.length) {
      await database.asOwner(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%state%active%'`,
      );
    }
    await owner.query("COMMIT");
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ code: "UNAVAILABLE" });
  });
});
