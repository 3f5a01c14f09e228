import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { planJob } from "@legible/db/jobs";
import { AppError } from "@legible/shared/errors";
import type { TaskView } from "@legible/shared/task";
import { afterAll, beforeAll, expect, test } from "vitest";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf, png, putFile } from "./files.ts";

let api: TestApi;
let person: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
});
afterAll(() => api.close());

async function stored(taskId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of api.deps.storage.list(`tasks/${taskId}/`)) keys.push(key);
  return keys;
}

async function waitingPlans(): Promise<number> {
  const rows = await api.database.asOwner("select 1 from pgboss.job where name = $1 and state = 'created'", [
    planJob.name,
  ]);
  return rows.length;
}

function view(taskId: string): Promise<TaskView> {
  return data<TaskView>(person.query("task.get", { taskId }));
}

test("a file is counted, hashed and known by its bytes, and the last one starts the task", async () => {
  const taskId = await createTask(person, {
    files: [
      { name: "a.txt", size: 1 },
      { name: "b.pdf", size: 2 },
    ],
  });
  const before = await waitingPlans();
  const second = await putFile(person, taskId, png, 2);
  expect(await second.json()).toEqual({
    fileId: expect.any(Number),
    duplicateOf: null,
    sha256: createHash("sha256").update(png).digest("hex"),
    size: png.length,
    mimeType: "image/png",
  });
  expect((await view(taskId)).status).toBe("pending");
  expect((await putFile(person, taskId, pdf, 1)).status).toBe(200);
  const task = await view(taskId);
  expect(task).toMatchObject({ status: "processing", fileType: "application/pdf", queuePosition: expect.any(Number) });
  expect(task.files.map((file) => [file.mimeType, file.uploaded])).toEqual([
    ["application/pdf", true],
    ["image/png", true],
  ]);
  expect(await waitingPlans()).toBe(before + 1);
  const audit = await api.database.asOwner<{ action: string }>(
    "select action from tool_ocr_audit_logs where object = $1 order by id",
    [taskId],
  );
  expect(audit.map((row) => row.action)).toEqual(["task.created", "task.uploaded", "task.uploaded", "task.started"]);
});

test("two last files that arrive at once start the task once", async () => {
  const taskId = await createTask(person, {
    files: [
      { name: "a", size: 1 },
      { name: "b", size: 2 },
    ],
  });
  const before = await waitingPlans();
  const answers = await Promise.all([putFile(person, taskId, pdf, 1), putFile(person, taskId, png, 2)]);
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  expect(await waitingPlans()).toBe(before + 1);
});

test("a file is replaced while the task is pending, and not afterwards", async () => {
  const taskId = await createTask(person, { start: false });
  expect((await putFile(person, taskId, pdf)).status).toBe(200);
  expect((await putFile(person, taskId, png)).status).toBe(200);
  expect((await view(taskId)).files[0]).toMatchObject({ mimeType: "image/png", size: png.length });
  expect(await stored(taskId)).toHaveLength(1);
  expect(await data(person.mutate("task.start", { taskId }))).toMatchObject({ status: "processing" });
  expect(await refusal(putFile(person, taskId, pdf))).toEqual({ status: 409, code: "CONFLICT" });
  expect(await refusal(person.mutate("task.start", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
});

test("a task does not start before its file is there", async () => {
  const taskId = await createTask(person, { start: false });
  expect(await refusal(person.mutate("task.start", { taskId }))).toEqual({ status: 409, code: "CONFLICT" });
});

test.each([
  ["a text named .pdf", Buffer.from("just some words"), 415, "UNSUPPORTED_TYPE"],
  ["no bytes at all", Buffer.alloc(0), 400, "INVALID_INPUT"],
])("%s is refused, nothing is kept, and another file may be sent", async (_what, bytes, status, code) => {
  const taskId = await createTask(person);
  const answer = await putFile(person, taskId, bytes);
  const body = await answer.clone().json();
  expect(await refusal(answer)).toEqual({ status, code });
  if (bytes.length === 0) expect(body).toMatchObject({ error: { details: { failure: "EMPTY_FILE" } } });
  expect(await stored(taskId)).toEqual([]);
  expect((await view(taskId)).status).toBe("pending");
  expect((await putFile(person, taskId, pdf)).status).toBe(200);
});

test("a compressed body is refused", async () => {
  const taskId = await createTask(person);
  const answer = person.fetch(`/api/v2/tasks/${taskId}/files/1`, {
    method: "PUT",
    headers: { "content-encoding": "gzip" },
    body: gzipSync(pdf),
  });
  expect(await refusal(answer)).toEqual({ status: 415, code: "UNSUPPORTED_TYPE" });
  expect(await stored(taskId)).toEqual([]);
});

test("an announced size over the limit is refused before the body is sent", async () => {
  const taskId = await createTask(person);
  const socket = connect(Number(new URL(api.origin).port), "127.0.0.1");
  socket.write(
    `PUT /api/v2/tasks/${taskId}/files/1 HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nCookie: ${person.cookie}\r\nContent-Length: 1000001\r\n\r\n`,
  );
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /u);
  await once(socket.destroy(), "close");
  expect(await refusal(person.mutate("task.create", { files: [{ name: "a", size: 1_000_001 }] }))).toEqual({
    status: 413,
    code: "TOO_LARGE",
  });
});

test("a body of unknown length is cut off at the limit, and nothing of it is kept", async () => {
  const taskId = await createTask(person);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = new Uint8Array(64 * 1024);
      chunk.set(png);
      sent += chunk.length;
      controller.enqueue(chunk);
      if (sent >= 3_000_000) controller.close();
    },
  });
  const init: RequestInit & { duplex: "half" } = { method: "PUT", body, duplex: "half" };
  const answer = person.fetch(`/api/v2/tasks/${taskId}/files/1`, init);
  expect(await refusal(answer)).toEqual({ status: 413, code: "TOO_LARGE" });
  expect(await stored(taskId)).toEqual([]);
  expect((await view(taskId)).files[0]).toMatchObject({ uploaded: false });
});

test("a connection that breaks off leaves nothing, and the file can be sent again", async () => {
  const taskId = await createTask(person, { start: false });
  const { storage } = api.deps;
  const put = storage.put.bind(storage);
  const begun = Promise.withResolvers<void>();
  storage.put = (...args) => {
    begun.resolve();
    return put(...args);
  };
  const socket = connect(Number(new URL(api.origin).port), "127.0.0.1");
  socket.write(
    `PUT /api/v2/tasks/${taskId}/files/1 HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nCookie: ${person.cookie}\r\nContent-Length: 900000\r\n\r\n`,
  );
  socket.write(Buffer.concat([pdf, Buffer.alloc(400_000)]));
  await begun.promise;
  storage.put = put;
  expect(await refusal(putFile(person, taskId, pdf))).toEqual({ status: 409, code: "CONFLICT" });
  socket.destroy();
  await expect.poll(async () => (await putFile(person, taskId, pdf)).status).toBe(200);
  expect(await stored(taskId)).toHaveLength(1);
  expect((await view(taskId)).files[0]).toMatchObject({ size: pdf.length });
  expect(api.logged.filter((line) => line.message === "Unexpected error.")).toEqual([]);
});

test("a place that does not exist is 404", async () => {
  const taskId = await createTask(person);
  for (const position of ["2", "0", "-1", "1.5", "x", "../1"]) {
    const answer = await person.fetch(`/api/v2/tasks/${taskId}/files/${encodeURIComponent(position)}`, {
      method: "PUT",
      body: pdf,
    });
    expect(await refusal(answer)).toEqual({ status: 404, code: "NOT_FOUND" });
  }
});

test("uploads stop while the disk has less room than is to be kept free", async () => {
  const full = await testApi({ reserveBytes: Number.MAX_SAFE_INTEGER });
  try {
    const someone = await full.person();
    const taskId = await createTask(someone);
    expect(await refusal(putFile(someone, taskId, pdf))).toEqual({ status: 507, code: "STORAGE_FULL" });
  } finally {
    await full.close();
  }
});

test("a disk that fills up on the way is 507, and the task stays pending", async () => {
  const { storage } = api.deps;
  const put = storage.put.bind(storage);
  storage.put = () => Promise.reject(new AppError("STORAGE_FULL"));
  const taskId = await createTask(person);
  try {
    expect(await refusal(putFile(person, taskId, pdf))).toEqual({ status: 507, code: "STORAGE_FULL" });
  } finally {
    storage.put = put;
  }
  expect((await view(taskId)).status).toBe("pending");
});

test("a task that is deleted while a file comes in keeps nothing", async () => {
  const taskId = await createTask(person);
  const { storage } = api.deps;
  const put = storage.put.bind(storage);
  storage.put = async (...args) => {
    const written = await put(...args);
    expect((await person.mutate("task.delete", { taskId })).status).toBe(200);
    // The object arrives after everything of the task was removed.
    await put(
      args[0],
      (async function* () {
        yield pdf;
      })(),
    );
    return written;
  };
  try {
    expect(await refusal(putFile(person, taskId, pdf))).toEqual({ status: 404, code: "NOT_FOUND" });
  } finally {
    storage.put = put;
  }
  expect(await stored(taskId)).toEqual([]);
});
