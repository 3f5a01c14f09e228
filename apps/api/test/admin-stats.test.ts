import { addSums } from "@legible/db/add-sums";
import type { adminStatsOutput } from "@legible/shared/admin";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";

type Stats = z.output<typeof adminStatsOutput>;

let api: TestApi;
let chief: Person;
beforeAll(async () => {
  api = await testApi();
  chief = await api.person("admin");
});
afterAll(() => api.close());

const stats = (timeZone?: string) =>
  data<Stats>(chief.query("admin.stats", timeZone === undefined ? {} : { timeZone }));
const sql = (text: string) => api.database.asOwner(text);

test("a new installation has thirty days of nothing", async () => {
  const found = await stats();
  expect(found).toMatchObject({
    users: 1,
    applications: 0,
    sessions: 1,
    tasks: { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 },
    pages: 0,
    storageBytes: 0,
    last24Hours: { tasks: 0, failed: 0, pages: 0 },
    pagesPerHour: 0,
    waiting: { p50Ms: null, p95Ms: null },
    failures: [],
  });
  expect(found.byDay).toHaveLength(30);
  expect(found.byDay.at(-1)).toEqual({ day: new Date().toISOString().slice(0, 10), tasks: 0, failed: 0, pages: 0 });
});

test("applications are counted apart from people", async () => {
  await sql(
    `INSERT INTO tool_ocr_users (email, display_name, entra_tenant_id, entra_object_id, entra_app_id, last_seen_at)
     VALUES ('', 'Invoice robot', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now())`,
  );
  await sql(`UPDATE tool_ocr_users SET last_seen_at = now() WHERE id = ${chief.id}`);
  expect(await stats()).toMatchObject({
    users: 1,
    applications: 1,
    activeUsers: { last24Hours: 1, last30Days: 1 },
  });
});

test("totals follow every way a task and its files go, also when the differences are added up", async () => {
  await sql(
    `INSERT INTO tool_ocr_tasks (user_id, task_id, filename) SELECT ${chief.id}, 't' || n, 'a.pdf' FROM generate_series(1, 5) n`,
  );
  await sql(
    `INSERT INTO tool_ocr_task_files (task_id, position, original_name) SELECT id, 1, 'a.pdf' FROM tool_ocr_tasks`,
  );
  await sql("UPDATE tool_ocr_task_files SET stored_path = 'x' || id, file_size = 1000");
  await sql("UPDATE tool_ocr_tasks SET status = 'processing' WHERE task_id <> 't5'");
  await sql("UPDATE tool_ocr_tasks SET pages_done = 7 WHERE task_id IN ('t1', 't2', 't3')");
  expect(await stats()).toMatchObject({ tasks: { pending: 1, processing: 4 }, pages: 0, storageBytes: 5_000 });
  await sql("UPDATE tool_ocr_tasks SET status = 'completed' WHERE task_id IN ('t1', 't2')");
  await sql("UPDATE tool_ocr_tasks SET status = 'failed' WHERE task_id = 't3'");
  expect(await stats()).toMatchObject({ tasks: { pending: 1, processing: 1, completed: 2, failed: 1 }, pages: 21 });
  await sql("UPDATE tool_ocr_tasks SET status = 'processing', pages_done = 0 WHERE task_id = 't3'");
  await sql("UPDATE tool_ocr_tasks SET pages_done = 9 WHERE task_id = 't2'");
  await sql("UPDATE tool_ocr_tasks SET deleted_at = now() WHERE task_id = 't1'");
  await sql(
    "UPDATE tool_ocr_task_files SET stored_path = NULL WHERE task_id = (SELECT id FROM tool_ocr_tasks WHERE task_id = 't2')",
  );
  await sql("DELETE FROM tool_ocr_tasks WHERE task_id = 't4'");
  const expected = {
    tasks: { pending: 1, processing: 1, completed: 1, failed: 0, cancelled: 0 },
    pages: 9,
    storageBytes: 3_000,
  };
  expect(await stats()).toMatchObject(expected);
  await Promise.all([1, 2, 3].map(() => api.database.asSystem("test", (tx) => addSums(tx, 1))));
  expect(await stats()).toMatchObject(expected);
  expect(await sql("SELECT count(*)::int AS rows FROM legible_sums WHERE status = 'processing'")).toEqual([
    { rows: 1 },
  ]);
  await sql("DELETE FROM tool_ocr_tasks");
  expect(await stats()).toMatchObject({
    tasks: { pending: 0, processing: 0, completed: 0 },
    pages: 0,
    storageBytes: 0,
  });
});

test("days begin where the caller is; waiting, throughput and failures are of settled tasks", async () => {
  const add = (
    at: string,
    columns: { status?: string; code?: string; pages?: number; waited?: number; attempt?: number },
  ) =>
    api.database.asOwner(
      `INSERT INTO tool_ocr_tasks (user_id, task_id, filename, status, error_code, pages_done, attempt, created_at, started_at, completed_at)
       SELECT $1, gen_random_uuid(), 'a', $2, $3, $4, $5, at - interval '1 minute' - $6 * interval '1 s', at - interval '1 minute', at
       FROM (SELECT ${at} AS at) AS moment`,
      [
        chief.id,
        columns.status ?? "completed",
        columns.code ?? null,
        columns.pages ?? 1,
        columns.attempt ?? 1,
        columns.waited ?? 0,
      ],
    );
  // Five o'clock in the afternoon of that day in UTC is the next day in Taipei.
  await add(
    "date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '5 days' + interval '17 hours'",
    { pages: 3 },
  );
  await add("now() - interval '25 hours'", { status: "failed", code: "NO_PAGES", pages: 0 });
  await add("now() - interval '32 days'", { status: "failed", code: "EMPTY_FILE", pages: 0 });
  for (const waited of [1, 2, 3]) await add("now() - interval '1 second'", { waited, pages: 8 });
  await add("now() - interval '1 second'", {
    status: "failed",
    code: "DAMAGED_FILE",
    pages: 0,
    waited: 5_000,
    attempt: 2,
  });
  await add("now() - interval '26 hours'", { status: "failed", code: "NO_PAGES", pages: 0 });
  const day = (offset: number) => new Date(Date.now() - offset * 86_400_000).toISOString().slice(0, 10);
  const [utc, taipei] = [await stats(), await stats("Asia/Taipei")];
  expect(utc.byDay.find((row) => row.day === day(5))).toEqual({ day: day(5), tasks: 1, failed: 0, pages: 3 });
  expect(taipei.byDay.find((row) => row.day === day(4))).toEqual({ day: day(4), tasks: 1, failed: 0, pages: 3 });
  expect(utc.last24Hours).toEqual({ tasks: 4, failed: 1, pages: 24 });
  expect(utc.pagesPerHour).toBe(1);
  expect(utc.waiting).toEqual({ p50Ms: 2_000, p95Ms: 2_900 });
  expect(utc.failures).toEqual([
    { code: "NO_PAGES", count: 2 },
    { code: "DAMAGED_FILE", count: 1 },
  ]);
  for (const wrong of ["Mars/Olympus", "'; select 1", ""]) {
    expect(await refusal(chief.query("admin.stats", { timeZone: wrong }))).toMatchObject({ code: "INVALID_INPUT" });
  }
});
