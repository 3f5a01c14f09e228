// A power cut may leave a finished page's file cut short or empty, although its row is there. The server is killed, the file is cut, and the
// next server reads that page again, and no other.
import { mkdtemp, readdir, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scripted } from "./faults/scripted-document.ts";
import {
  callServer,
  endServer,
  type RealServer,
  readLedger,
  readTask,
  scriptedMain,
  sendUpload,
  startRealServer,
  untilSettled,
} from "./real-server.ts";

let dataDir: string;
let server: RealServer;

const start = () => startRealServer(dataDir, { OCR_CONCURRENCY: "1" }, scriptedMain);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-cut-"));
  server = await start();
});

afterEach(async () => {
  await endServer(server, "SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

/** The files of trees of this document, and the page each is of. */
async function trees(taskId: string): Promise<Map<number, string>> {
  const files = join(dataDir, "files");
  const found = new Map<number, string>();
  for (const name of await readdir(files, { recursive: true })) {
    if (!name.includes(taskId) || !name.endsWith(".json") || !name.includes("/pages/")) continue;
    const path = join(files, name);
    found.set((JSON.parse(await readFile(path, "utf8")) as { number: number }).number, path);
  }
  return found;
}

test.each([
  ["cut in half", (bytes: number) => Math.floor(bytes / 2)],
  ["emptied", () => 0],
])("a finished page whose file is %s while the server is down is read again, it alone", async (_how, left) => {
  // While the third page is being read, the server is killed.
  const bytes = scripted({ pages: [100, 100, 3_000, 100] });
  const taskId = await sendUpload(server, { name: "script.pdf", bytes });
  while ((await readTask(server, taskId)).pagesDone < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = await readLedger(server, taskId);
  await endServer(server, "SIGKILL");

  const path = (await trees(taskId)).get(2) ?? "";
  const whole = await readFile(path, "utf8");
  await truncate(path, left(whole.length));

  server = await start();
  expect(await untilSettled(server, taskId)).toMatchObject({ status: "completed", pagesDone: 4, pagesFailed: 0 });
  const result = await (await callServer(server, `/tasks/${taskId}/download/json`)).json();
  const page = (number: number) => ({
    number,
    source: "ocr",
    blocks: [{ lines: [{ words: [{ text: `word${number}` }] }] }],
  });
  expect(result).toMatchObject({ pages: [page(1), page(2), page(3), page(4)] });
  // The tree is there again, as it was, in a file of its own; the damaged one is gone.
  const again = await trees(taskId);
  expect([...again.keys()].sort()).toEqual([1, 2, 3, 4]);
  expect(await readFile(again.get(2) ?? "", "utf8")).toBe(whole);
  expect(again.get(2)).not.toBe(path);
  // The first page was not touched: its time is the one measured then.
  expect((await readLedger(server, taskId))[0]).toEqual(before[0]);
  expect(server.log()).toContain("Pages were missing or damaged in storage and are read again.");
});
