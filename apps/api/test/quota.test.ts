// What one person may have here at a time, and the documents that are here already.

import { defaultLimits, type Limits } from "@legible/shared/limits";
import type { TaskView } from "@legible/shared/task";
import { afterEach, expect, test } from "vitest";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";
import { createTask, pdf, png, putFile, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

async function open(limits: Partial<Limits> = {}) {
  api = await testApi({ limits: { ...defaultLimits, ...limits } });
  person = await api.person();
}
afterEach(() => api.close());

const quota = { status: 429, code: "QUOTA_EXCEEDED" };

async function sentence(answer: Response | Promise<Response>): Promise<string> {
  const body = (await (await answer).json()) as { error: { message: string } };
  return body.error.message;
}

test("of many creations at once as many succeed as are allowed, and a deleted or started one makes room", async () => {
  await open({ waitingTasksPerUser: 3 });
  const create = () => person.mutate("task.create", { files: [{ name: "a.pdf", size: pdf.length }], start: false });
  const answers = await Promise.all(Array.from({ length: 12 }, create));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, ...Array(9).fill(429)]);
  expect(await sentence(create())).toBe(
    "You have 3 documents that were not started, and 3 are allowed. Start or delete some.",
  );
  const [first, second] = await data<{ items: TaskView[] }>(person.query("task.list", {})).then(({ items }) => items);
  await person.mutate("task.delete", { taskId: first?.taskId });
  expect((await create()).status).toBe(200);
  await putFile(person, second?.taskId ?? "", pdf);
  await person.mutate("task.start", { taskId: second?.taskId });
  expect((await create()).status).toBe(200);
  expect((await (await api.person()).mutate("task.create", { files: [{ name: "a", size: 1 }] })).status).toBe(200);
});

test("of many starts at once as many succeed as may run, retries included", async () => {
  await open({ runningTasksPerUser: 2 });
  const ids = [];
  for (let count = 0; count < 5; count++) ids.push(await uploadedTask(person, pdf));
  const answers = await Promise.all(ids.map((taskId) => person.mutate("task.start", { taskId })));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 429, 429, 429]);
  const idle = ids[answers.findIndex((answer) => answer.status === 429)] ?? "";
  await person.mutate("task.cancel", { taskId: idle });
  expect(await refusal(person.mutate("task.retry", { taskId: idle }))).toEqual(quota);
  expect(await data(person.query("auth.me"))).toMatchObject({
    limits: { runningTasksPerUser: 2 },
    usage: { runningTasks: 2, waitingTasks: 2, storageBytes: 5 * pdf.length },
  });
});

test("uploads stop where the person's room ends, also when many arrive at once, and leave nothing behind", async () => {
  await open({ storageBytesPerUser: pdf.length * 2 + 1 });
  const ids = [];
  for (let count = 0; count < 5; count++) ids.push(await createTask(person, { start: false }));
  const answers = await Promise.all(ids.map((taskId) => putFile(person, taskId, pdf)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 429, 429, 429]);
  const keys: string[] = [];
  for await (const key of api.deps.storage.list("")) keys.push(key);
  expect(keys).toHaveLength(2);
  const tooMuch = person.mutate("task.create", { files: [{ name: "a", size: 2_000_000 }] });
  expect(await sentence(tooMuch)).toMatch(/^Your documents take 1 MB of 1 MB, and this needs 2 MB\./u);
  // The same place again is no more than before.
  const filled = ids[answers.findIndex((answer) => answer.status === 200)] ?? "";
  expect((await putFile(person, filled, pdf)).status).toBe(200);
});

test("a file that is here already is told of when it has arrived, or before when its hash is sent", async () => {
  await open();
  const first = await uploadedTask(person, pdf);
  const second = await createTask(person, { start: false });
  const put = (await (await putFile(person, second, pdf)).json()) as { sha256: string };
  expect(put).toMatchObject({ duplicateOf: first });
  expect(await data(person.query("task.get", { taskId: second }))).toMatchObject({ duplicateOf: first });
  expect(await data(person.query("task.get", { taskId: first }))).toMatchObject({ duplicateOf: null });
  const files = [{ name: "b.pdf", size: pdf.length, sha256: put.sha256 }];
  expect(await data(person.mutate("task.create", { files }))).toMatchObject({ duplicateOf: second });
});

test("a completed document is named before one that is not, and one that failed, is deleted or expired not at all", async () => {
  await open();
  const [first, second] = [await uploadedTask(person, pdf), await uploadedTask(person, pdf)];
  const duplicate = async () => {
    const taskId = await createTask(person, { start: false });
    const answer = (await (await putFile(person, taskId, pdf)).json()) as { duplicateOf: string | null };
    await person.mutate("task.delete", { taskId });
    return answer.duplicateOf;
  };
  const set = (taskId: string, columns: object) =>
    api.database.asSystem("test", (tx) => tx.task.update({ where: { taskId }, data: columns }));
  expect(await duplicate()).toBe(second);
  await set(first, { status: "completed" });
  expect(await duplicate()).toBe(first);
  await set(first, { fileDeleted: true });
  await set(second, { status: "failed" });
  expect(await duplicate()).toBeNull();
  await set(second, { status: "completed" });
  await person.mutate("task.delete", { taskId: second });
  expect(await duplicate()).toBeNull();
});

test("other options, other files or another person make it another document", async () => {
  await open();
  await uploadedTask(person, pdf);
  const answerOf = async (who: Person, input: object, bodies: Uint8Array<ArrayBuffer>[]) => {
    const files = bodies.map((body, index) => ({ name: `${index}.pdf`, size: body.length }));
    const taskId = await createTask(who, { files, start: false, ...input });
    let last: { duplicateOf: string | null } = { duplicateOf: "never sent" };
    for (const [index, body] of bodies.entries()) {
      last = (await (await putFile(who, taskId, body, index + 1)).json()) as typeof last;
    }
    return last.duplicateOf;
  };
  expect(await answerOf(person, {}, [pdf])).not.toBeNull();
  expect(await answerOf(person, { options: { languages: ["jpn"] } }, [pdf])).toBeNull();
  expect(await answerOf(person, {}, [pdf, png])).toBeNull();
  expect(await answerOf(person, {}, [png, pdf])).toBeNull();
  expect(await answerOf(await api.person(), {}, [pdf])).toBeNull();
});
