import { toReasonColumn } from "@legible/shared/reading-reason";
import { afterAll, beforeAll, expect, test } from "vitest";
import { data, type Person, type TestApi, testApi } from "./api.ts";
import { pdf, uploadedTask } from "./files.ts";

let api: TestApi;
let person: Person;

beforeAll(async () => {
  api = await testApi();
  person = await api.person();
});
afterAll(() => api.close());

test("why a page was read as it was is a sentence, and a code with what was counted", async () => {
  const taskId = await uploadedTask(person, pdf);
  const { id } = await api.database.asSystem("test", (tx) => tx.task.findFirstOrThrow({ where: { taskId } }));
  const columns = [
    toReasonColumn({ code: "LITTLE_TEXT", params: { characters: 12, percent: 60 } }),
    toReasonColumn({ code: "OTHER_LANGUAGE", params: { read: ["eng"], seems: ["chi_tra"] } }),
    "Image.",
    '{"code":"OF_A_LATER_VERSION","params":{}}',
    null,
  ];
  const row = { taskId: id, attempt: 1, filePosition: 1, decision: "ocr" };
  const rows = columns.map((reason, index) => ({ ...row, number: index + 1, pageIndex: index, reason }));
  await api.database.asSystem("test", (tx) => tx.taskPage.createMany({ data: rows }));
  expect(await data(person.query("task.pages", { taskId }))).toMatchObject([
    {
      reason: "Only 12 characters of text; 60 % of the page is pictures.",
      reasonCode: "LITTLE_TEXT",
      reasonParams: { characters: 12, percent: 60 },
    },
    {
      reason: "Reading it in eng made little sense; it seems to be in chi_tra.",
      reasonCode: "OTHER_LANGUAGE",
      reasonParams: { read: ["eng"], seems: ["chi_tra"] },
    },
    { reason: "Image.", reasonCode: null, reasonParams: null },
    { reason: null, reasonCode: null, reasonParams: null },
    { reason: null, reasonCode: null, reasonParams: null },
  ]);
});
