// No question that a person or a sweep asks reads a whole table: PostgreSQL counts the scans by itself, and a database with statistics is
// asked everything there is.
import { openAt } from "@legible/db/database";
import { fairPriority } from "@legible/db/task/fair-priority";
import { findTwin } from "@legible/db/task/find-twin";
import { silentLog } from "@legible/db/testing";
import { seedTasks } from "@legible/db/testing/seed-tasks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminStats } from "../src/admin/stats.ts";
import { adminSystem } from "../src/admin/system.ts";
import type { SignedInContext } from "../src/context.ts";
import type { Deps } from "../src/deps.ts";
import { expireResults } from "../src/retention/expire-results.ts";
import { expireUnstarted } from "../src/retention/expire-unstarted.ts";
import { purgeDeleted } from "../src/retention/purge-deleted.ts";
import { removeLeftovers } from "../src/retention/remove-leftovers.ts";
import { getTask } from "../src/task/get.ts";
import { listTasks } from "../src/task/list.ts";
import { listPages } from "../src/task/pages.ts";
import { queuePlaces } from "../src/task/queue-place.ts";
import { readUsage } from "../src/task/quota.ts";
import { getTaskRow } from "../src/task/row.ts";
import { searchTasks } from "../src/task/search.ts";
import { taskStats } from "../src/task/stats.ts";
import { type TestApi, testApi } from "./api.ts";

let api: TestApi;
let userId: number;
let taskId: string;
const tables = ["tool_ocr_tasks", "tool_ocr_task_files", "tool_ocr_task_pages", "tool_ocr_page_texts"];
const paging = { page: 1, pageSize: 25 };

beforeAll(async () => {
  api = await testApi();
  const people = await api.database.asOwnerClient((client) => seedTasks(client, { people: 40, tasksEach: 250 }));
  userId = people[7] ?? 0;
  const sql = "select task_id from tool_ocr_tasks where user_id = $1 order by id desc limit 1";
  taskId = (await api.database.asOwner<{ task_id: string }>(sql, [userId]))[0]?.task_id ?? "";
}, 120_000);
afterAll(() => api.close());

async function scans(): Promise<Record<string, number>> {
  const rows = await api.database.asOwner<{ name: string; scans: number }>(
    "select relname as name, seq_scan::int as scans from pg_stat_user_tables where relname = any($1) order by 1",
    [tables],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.scans]));
}

type Ask = (ctx: SignedInContext, deps: Deps) => Promise<unknown>;
const list =
  (input: object): Ask =>
  (ctx) =>
    listTasks(ctx, { ...paging, sort: "createdAt", order: "desc", ...input });

const questions: [string, Ask][] = [
  ...(["createdAt", "completedAt", "filename", "status", "pages"] as const).map((sort): [string, Ask] => [
    `a list by ${sort}`,
    list({ sort }),
  ]),
  ["a list of a status", list({ status: ["failed", "cancelled"] })],
  ["a list by name", list({ filename: "rechnung" })],
  ["a list between dates", list({ from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" })],
  ["the last page of a list", list({ page: 10 })],
  ["numbers", (ctx) => taskStats(ctx)],
  ["a search", (ctx) => searchTasks(ctx, { ...paging, text: "契約 summe" })],
  ["a search for nothing there is", (ctx) => searchTasks(ctx, { ...paging, text: "nirgends" })],
  ["one task", (ctx) => getTask(ctx, { taskId })],
  ["its pages", (ctx) => listPages(ctx, { taskId })],
  ["usage", ({ deps }) => deps.database.asUser(userId, (tx) => readUsage(tx, userId))],
  ["fairness", ({ deps }) => deps.database.asUser(userId, (tx) => fairPriority(tx, userId))],
  [
    "a duplicate",
    ({ deps }) => deps.database.asUser(userId, (tx) => findTwin(tx, { userId, hashes: ["0".repeat(64)], options: {} })),
  ],
  [
    "a place in the queue",
    async ({ deps }) => {
      const row = await deps.database.asUser(userId, (tx) => getTaskRow(tx, taskId));
      await queuePlaces(deps, [{ ...row, status: "processing" }]);
    },
  ],
  ["the figures of the installation", (ctx) => adminStats(ctx, { timeZone: "Asia/Taipei" })],
  ["how the installation is", (ctx) => adminSystem(ctx)],
  ["deletions to finish", (_ctx, deps) => purgeDeleted(deps, new Date())],
  ["leftovers", (_ctx, deps) => removeLeftovers(deps, new Date())],
  ["documents that were not started", (_ctx, deps) => expireUnstarted(deps, new Date())],
  [
    "what expires",
    (_ctx, deps) => expireResults({ ...deps, limits: { ...deps.limits, retentionDays: 364 } }, new Date()),
  ],
];

/** Asks over connections of its own and waits for their end: that is when their counts are written down. */
async function scansOf(ask: Ask): Promise<Record<string, number>> {
  const backends = () =>
    api.database.asOwner<{ pid: number }>(
      `select pid from pg_stat_activity
       where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
  const [before, others] = [await scans(), new Set((await backends()).map((row) => row.pid))];
  const database = await openAt(api.database.address, silentLog);
  const deps = { ...api.deps, database };
  const request = { id: "test", address: "127.0.0.1" };
  await ask({ deps, request, session: { userId } } as unknown as SignedInContext, deps);
  await database.close();
  const left = async () => (await backends()).filter((row) => !others.has(row.pid));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  const after = await scans();
  return Object.fromEntries(tables.map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)]));
}

const none = Object.fromEntries(tables.map((table) => [table, 0]));

test.each(questions)("%s reads no whole table", async (_name, ask) => {
  expect(await scansOf(ask)).toEqual(none);
});

test("a question that does would be noticed", async () => {
  const found = await scansOf(({ deps }) =>
    deps.database.asSystem("test", (tx) => tx.task.count({ where: { filename: { contains: "x" } } })),
  );
  expect(found).toEqual({ ...none, tool_ocr_tasks: 1 });
});
