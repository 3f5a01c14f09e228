// The engine hangs, crashes, lies and eats memory, in children of the server as it is started in earnest. One page fails, with its reason;
// the document completes.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scripted } from "./faults/scripted-document.ts";
import {
  callServer,
  endServer,
  type RealServer,
  readLedger,
  scriptedMain,
  sendUpload,
  startRealServer,
  untilSettled,
} from "./real-server.ts";

/** Seconds a try at a page may take here. Starting a process is not part of it. */
const pageSeconds = 5;

let dataDir: string;
let server: RealServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-engine-"));
  const settings = { MAX_PAGE_SECONDS: String(pageSeconds), OCR_CONCURRENCY: "1" };
  server = await startRealServer(dataDir, settings, scriptedMain);
});

afterAll(async () => {
  await endServer(server, "SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

async function read(script: Parameters<typeof scripted>[0]) {
  const taskId = await sendUpload(server, { name: "script.pdf", bytes: scripted(script) });
  return { taskId, task: await untilSettled(server, taskId) };
}

test.each([
  ["hang", "PAGE_TIMEOUT"],
  ["crash", "ENGINE_CRASHED"],
  ["lie", "ENGINE_CRASHED"],
  ["hog", "OUT_OF_MEMORY"],
])("an engine that does %s on page 2 costs that page, as %s, and the document completes", async (deed, code) => {
  const { taskId, task } = await read({ pages: ["read", deed, "read", "read"] });
  expect(task).toMatchObject({ status: "completed", pagesTotal: 4, pagesDone: 3, pagesFailed: 1, error: null });
  const ledger = await readLedger(server, taskId);
  expect(ledger.map((row) => row.source)).toEqual(["ocr", "failed", "ocr", "ocr"]);
  expect(ledger[1]).toMatchObject({ error: { code } });
  // Its time holds both tries.
  if (deed === "hang") expect(ledger[1]?.ms).toBeGreaterThanOrEqual(2 * pageSeconds * 1_000);
  const result = await (await callServer(server, `/tasks/${taskId}/download/json`)).json();
  expect(result).toMatchObject({ pages: [{}, { number: 2, source: "failed", error: { code }, blocks: [] }, {}, {}] });
});

test("a page that kills its process once is read by the next one", async () => {
  const { task } = await read({ pages: ["read", "crash once", "read"] });
  expect(task).toMatchObject({ status: "completed", pagesDone: 3, pagesFailed: 0 });
});

test("a process that is killed while it opens the file costs nothing: the next one opens it", async () => {
  const { task } = await read({ plan: "crash once", pages: ["read", "read"] });
  expect(task).toMatchObject({ status: "completed", pagesDone: 2, pagesFailed: 0 });
});

test.each(["plan", "assemble"])(
  "an engine that crashes at the %s whenever it is tried fails the task with its reason",
  async (stage) => {
    const { task } = await read({ [stage]: "crash", pages: ["read"] });
    expect(task).toMatchObject({ status: "failed", error: { code: "ENGINE_CRASHED" } });
  },
);

test("every page that failed leaves the next document in peace, and nothing in the work folders", async () => {
  const { task } = await read({ pages: ["read", "read"] });
  expect(task).toMatchObject({ status: "completed", pagesDone: 2 });
  // Files of a document are kept a little for its next page.
  const left = async () =>
    (await readdir(join(dataDir, "work"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  await expect.poll(left, { timeout: 15_000 }).toEqual([]);
});
