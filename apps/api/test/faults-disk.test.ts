// The disk is full while a document is sent, read and assembled. Nothing acknowledged is lost, and everything goes on by itself when
// there is room again.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mountSmallDisk, type SmallDisk } from "./faults/small-disk.ts";
import {
  callServer,
  createUpload,
  endServer,
  type RealServer,
  readTask,
  sendUpload,
  startRealServer,
  untilSettled,
} from "./real-server.ts";
import { textPdf } from "./text-pdf.ts";

const diskBytes = 4_000_000;
const noDisk = "needs Linux and root, to mount a small file system";
/** A refused write is tried again after 2, 4 and 8 s. */
const timeoutMs = 60_000;
const pages = 3;

let dataDir: string;
let disk: SmallDisk | undefined;
let server: RealServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-full-"));
  disk = mountSmallDisk(join(dataDir, "files"), diskBytes);
  server = await startRealServer(dataDir, { STORAGE_RESERVE_BYTES: "0" });
});

afterAll(async () => {
  await endServer(server, "SIGTERM");
  disk?.unmount();
  await rm(dataDir, { recursive: true, force: true });
});

const bytes = () => textPdf(Array.from({ length: pages }, (_, index) => `Sheet ${index + 1} on a small disk`));

/** Sends a document that waits for its start, leaves so much room, starts it, and waits until it has met the full disk. */
async function readWith(disk: SmallDisk, room: number): Promise<string> {
  const upload = { name: "sheets.pdf", bytes: bytes(), options: { languages: ["eng"], mode: "auto" } };
  const taskId = await sendUpload(server, { ...upload, start: false });
  disk.leave(room);
  await callServer(server, `/tasks/${taskId}/start`, { method: "POST" });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  return taskId;
}

test("an upload to a full disk is refused with STORAGE_FULL, and the next one is taken", async (context) => {
  if (disk === undefined) return context.skip(noDisk);
  const { uploads } = await createUpload(server, { name: "large.pdf", bytes: bytes() });
  const large = Buffer.concat([bytes(), Buffer.alloc(2 * diskBytes)]);
  const url = new URL(uploads[0]?.url ?? "", server.origin);
  const refused = await fetch(url, { method: "PUT", headers: server.headers, body: new Blob([large]) });
  expect(refused.status).toBe(507);
  expect(await refused.json()).toMatchObject({ error: { code: "STORAGE_FULL" } });
  const accepted = await fetch(url, { method: "PUT", headers: server.headers, body: new Blob([bytes().slice()]) });
  expect(accepted.status).toBe(200);
});

test("pages that cannot be written wait, and are read when there is room", { timeout: timeoutMs }, async (context) => {
  if (disk === undefined) return context.skip(noDisk);
  const taskId = await readWith(disk, 0);
  expect(await readTask(server, taskId)).toMatchObject({ status: "processing", pagesDone: 0, pagesFailed: 0 });
  disk.free();
  expect(await untilSettled(server, taskId)).toMatchObject({ status: "completed", pagesDone: pages, pagesFailed: 0 });
});

test("results that cannot be written wait, and no page is read again", { timeout: timeoutMs }, async (context) => {
  if (disk === undefined) return context.skip(noDisk);
  // Room for a page tree each, and not for the results.
  const taskId = await readWith(disk, (pages + 2) * 4_096);
  expect(await readTask(server, taskId)).toMatchObject({ status: "processing", pagesDone: pages, pagesFailed: 0 });
  const ledger = await (await callServer(server, `/tasks/${taskId}/pages`)).text();
  disk.free();
  expect(await untilSettled(server, taskId)).toMatchObject({ status: "completed", pagesDone: pages, pagesFailed: 0 });
  expect(await (await callServer(server, `/tasks/${taskId}/pages`)).text()).toBe(ledger);
});
