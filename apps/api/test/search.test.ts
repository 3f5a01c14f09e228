import { putPageText } from "@legible/db/page/text";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SignedInContext } from "../src/context.ts";
import { searchTasks } from "../src/task/search.ts";
import { data, type Person, type TestApi, testApi } from "./api.ts";
import { createTask } from "./files.ts";

type Answer = { items: { taskId: string; page: number; snippet: string; hits: [number, number][] }[]; total: number };

let api: TestApi;
let person: Person;
let stranger: Person;
let invoice: string;
let contract: string;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
  stranger = await api.person("admin");
  invoice = await document(person, [
    "Rechnung Nr. 4711\nStraße 5",
    "Summe 100 % netto_wert",
    `${"x ".repeat(200)}Betrag`,
  ]);
  contract = await document(person, ["契 約\n書 は 二 部 作 成 する。", "株式会社ＡＢＣ Invoice"]);
  await document(stranger, ["Rechnung 契約書"]);
});
afterAll(() => api.close());

async function document(owner: Person, pages: string[]): Promise<string> {
  const taskId = await createTask(owner);
  await api.database.asSystem("test", async (tx) => {
    const { id } = await tx.task.findUniqueOrThrow({ where: { taskId } });
    for (const [index, text] of pages.entries()) {
      await putPageText(tx, { task: id, userId: owner.id, number: index + 1, text });
    }
  });
  return taskId;
}

const search = (text: string, more: object = {}) => data<Answer>(person.query("task.search", { text, ...more }));
const marked = ({ snippet, hits }: Answer["items"][number]) => hits.map(([start, end]) => snippet.slice(start, end));

test.each([
  ["rechnung", "invoice", 1, ["Rechnung"]],
  ["STRASSE", undefined, 0, []],
  ["STRAßE 4711", "invoice", 1, ["4711", "Straße"]],
  ["契約", "contract", 1, ["契 約"]],
  ["約書", "contract", 1, ["約 書"]],
  ["二部", "contract", 1, ["二 部"]],
  ["abc", "contract", 2, ["ＡＢＣ"]],
  ["会", "contract", 2, ["会"]],
  ["100 %", "invoice", 2, ["100", "%"]],
  ["o_w", "invoice", 2, ["o_w"]],
  ["rechnung summe", undefined, 0, []],
  ["' OR 1=1 --", undefined, 0, []],
])("%j is found where it stands, in the caller's own documents only", async (text, where, page, hits) => {
  const answer = await search(text);
  const taskId = { invoice, contract }[where ?? ""];
  expect(answer.items.map((item) => ({ taskId: item.taskId, page: item.page, hits: marked(item) }))).toEqual(
    taskId === undefined ? [] : [{ taskId, page, hits }],
  );
  expect(answer.total).toBe(answer.items.length);
});

test("a snippet is a piece around the first hit", async () => {
  const [item] = (await search("betrag")).items;
  expect(item?.snippet.length).toBeLessThan(100);
  expect(item && marked(item)).toEqual(["Betrag"]);
});

test("results come by pages, the newest document first, and a page beyond the end knows the total", async () => {
  expect((await search("e")).items.map((item) => [item.taskId, item.page])).toEqual([
    [contract, 2],
    [invoice, 1],
    [invoice, 2],
    [invoice, 3],
  ]);
  expect(await search("e", { page: 2, pageSize: 3 })).toMatchObject({ items: [{ page: 3 }], total: 4, complete: true });
  expect(await search("e", { page: 9, pageSize: 3 })).toMatchObject({ items: [], total: 4 });
});

test("deleted documents are not found", async () => {
  const taskId = await document(person, ["unwiederbringlich"]);
  expect((await search("unwiederbringlich")).total).toBe(1);
  await person.mutate("task.delete", { taskId });
  expect((await search("unwiederbringlich")).total).toBe(0);
});

test("a person with more pages than one search looks through is told so", async () => {
  const ctx = { deps: api.deps, session: { userId: person.id } } as unknown as SignedInContext;
  const input = { text: "rechnung", page: 1, pageSize: 25 };
  expect(await searchTasks(ctx, input, 2)).toMatchObject({ total: 0, complete: false });
  expect(await searchTasks(ctx, input, 100)).toMatchObject({ total: 1, complete: true });
});
