// The process is killed in the middle of a document and started again: the document completes by itself, and no page that
// was finished before is read a second time.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  callServer,
  endServer,
  type LedgerRow,
  type RealServer,
  readLedger,
  sendUpload,
  startRealServer,
  untilSettled,
} from "./real-server.ts";
import { textPdf } from "./text-pdf.ts";

const pageCount = 20;
const killedDuringPage = 7;

let dataDir: string;
let running: RealServer | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-kill-"));
});

afterAll(async () => {
  if (running !== undefined) await endServer(running, "SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

test("a server killed on page 7 of 20 completes the document after its restart and reads no finished page again", async () => {
  running = await startRealServer(dataDir);
  const bytes = textPdf(Array.from({ length: pageCount }, (_, index) => sentence(index + 1)));
  const options = { languages: ["eng"], mode: "force" };
  const taskId = await sendUpload(running, { name: "sheets.pdf", bytes, options });
  const before = await untilPageIsBeingRead(running, taskId);
  await endServer(running, "SIGKILL");

  running = await startRealServer(dataDir);
  const task = await untilSettled(running, taskId);
  expect(task).toMatchObject({ status: "completed", pagesTotal: pageCount, pagesDone: pageCount, pagesFailed: 0 });
  const after = await readLedger(running, taskId);
  const finishedBefore = before.filter((row) => row.source !== null);
  expect(finishedBefore.length).toBeGreaterThanOrEqual(killedDuringPage - 1);
  expect(finishedBefore.length).toBeLessThan(pageCount);
  // The time a page took is measured anew whenever it is read: the same figure to the millisecond on every one means it was not.
  for (const row of finishedBefore) expect(after[row.number - 1]).toEqual(row);

  const markdown = await (await callServer(running, `/tasks/${taskId}/download/markdown`)).text();
  for (let number = 1; number <= pageCount; number++) expect(markdown).toContain(sentence(number));
});

function sentence(number: number): string {
  return `This is sheet ${number} of the file`;
}

async function untilPageIsBeingRead(server: RealServer, taskId: string): Promise<LedgerRow[]> {
  for (;;) {
    const rows = await readLedger(server, taskId);
    const done = rows.filter((row) => row.source !== null).length;
    expect(done, "the document was finished before it could be killed").toBeLessThan(pageCount);
    if (done >= killedDuringPage - 1) return rows;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
