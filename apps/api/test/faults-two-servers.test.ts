// Two processes on one database and one storage: one only serves (WORKER=off), the other reads. The reading one may be killed.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@legible/db/database";
import { silentLog } from "@legible/db/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { open } from "./event-stream.ts";
import { type OperatorDatabase, operatorDatabase } from "./faults/operator-database.ts";
import { scripted } from "./faults/scripted-document.ts";
import {
  endServer,
  type RealServer,
  readTask,
  scriptedMain,
  sendUpload,
  startRealServer,
  type TaskState,
  untilSettled,
} from "./real-server.ts";

let root: string;
let database: OperatorDatabase;
let web: RealServer;
let reading: RealServer;

const start = (settings: Record<string, string>) =>
  startRealServer(join(root, "data"), { DATABASE_URL: database.url, OCR_CONCURRENCY: "1", ...settings }, scriptedMain);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "legible-two-"));
  database = await operatorDatabase(root);
  web = await start({ WORKER: "off" });
  reading = await start({});
});

afterAll(async () => {
  await endServer(reading, "SIGTERM");
  await endServer(web, "SIGTERM");
  await database.close();
  await rm(root, { recursive: true, force: true });
});

/** As if the time had passed after which a reader that says nothing is dead: its page is free, and its job is missed. */
async function timePasses(): Promise<void> {
  const owner = await openDatabase({ dataDir: root, url: database.url, log: silentLog });
  try {
    await owner.asSystem("time passes", async (tx) => {
      await tx.$executeRaw`UPDATE tool_ocr_task_pages SET lease_until = now() WHERE status = 'reading'`;
      await tx.$queryRaw`SELECT set_config('role', 'legible_queue', true)`;
      await tx.$executeRaw`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'`;
    });
  } finally {
    await owner.close();
  }
}

/** Reads the stream until `enough`; the numbers of finished pages that it told. */
async function told(stream: Awaited<ReturnType<typeof open>>, enough: (state: TaskState) => boolean) {
  const pages = new Set<number>();
  for (;;) {
    const event = await stream.next();
    expect(event, "the stream has ended").toBeDefined();
    const state = event?.data as TaskState;
    pages.add(state.pagesDone);
    if (enough(state)) return { pages: [...pages], state };
  }
}

test("a server that only serves takes a document and shows how another reads it, also after that one was killed and begun anew", {
  timeout: 120_000,
}, async () => {
  const caller = {
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(`${web.origin}${path}`, { ...init, headers: { ...web.headers, ...(init.headers as object) } }),
  };
  const bytes = scripted({ pages: [300, 300, 300, 2_000, 300, 300] });
  const taskId = await sendUpload(web, { name: "script.pdf", bytes });
  const stream = await open(caller, "task.watch", { taskId });
  const before = await told(stream, ({ pagesDone }) => pagesDone === 3);
  expect(before.pages).toEqual(expect.arrayContaining([1, 2, 3]));

  await endServer(reading, "SIGKILL");
  await timePasses();
  // The other one goes on serving, and takes what nobody reads yet.
  expect(await readTask(web, taskId)).toMatchObject({ status: "processing", pagesDone: 3 });
  const second = await sendUpload(web, { name: "second.pdf", bytes: scripted({ pages: ["read"] }) });
  expect(await readTask(web, second)).toMatchObject({ status: "processing", startedAt: null });

  reading = await start({});
  const after = await told(stream, ({ status }) => status === "completed");
  expect(after.state).toMatchObject({ pagesTotal: 6, pagesDone: 6, pagesFailed: 0 });
  expect(await untilSettled(web, second)).toMatchObject({ status: "completed", pagesDone: 1 });
  stream.close();
});
