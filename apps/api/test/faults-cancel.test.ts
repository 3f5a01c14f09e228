// Cancelling or deleting a document ends the process that works on it, even one that hears nothing any more.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scripted } from "./faults/scripted-document.ts";
import {
  callServer,
  endServer,
  type RealServer,
  readTask,
  scriptedMain,
  sendUpload,
  startRealServer,
  untilSettled,
} from "./real-server.ts";

/** What is promised to whoever cancels or deletes, ms: from the request to the end of the process. */
const promisedMs = 2_000;

let dataDir: string;
let server: RealServer;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-cancel-"));
  server = await startRealServer(dataDir, { OCR_CONCURRENCY: "1" }, scriptedMain);
});

afterAll(async () => {
  await endServer(server, "SIGTERM");
  await rm(dataDir, { recursive: true, force: true });
});

const stages = [
  ["opens", { plan: "hang", pages: ["read"] }],
  ["reads", { pages: ["hang"] }],
  ["assembles", { pages: ["read"], assemble: "hang" }],
] as const;

test.each(["cancel", "delete"].flatMap((verb) => stages.map(([stage, script]) => ({ verb, stage, script }))))(
  "$verb ends a process that hangs while it $stage the document, within two seconds",
  async ({ verb, script }) => {
    const bytes = scripted({ ...script, pages: [...script.pages] });
    const taskId = await sendUpload(server, { name: "script.pdf", bytes });
    const hanging = await untilHanging(taskId);
    const began = performance.now();
    const [path, method] = verb === "cancel" ? [`/tasks/${taskId}/cancel`, "POST"] : [`/tasks/${taskId}`, "DELETE"];
    const answered = callServer(server, path, { method });
    while (isAlive(hanging)) {
      expect(performance.now() - began, server.log()).toBeLessThan(promisedMs);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    console.log(`Process gone after ${verb}, ms:`, Math.round(performance.now() - began));
    await answered;
    if (verb === "cancel") expect(await readTask(server, taskId)).toMatchObject({ status: "cancelled" });
    // The slot is free.
    const next = await sendUpload(server, { name: "script.pdf", bytes: scripted({ pages: ["read"] }) });
    expect(await untilSettled(server, next)).toMatchObject({ status: "completed" });
  },
);

/** The process that hangs on the document, as soon as it does. */
async function untilHanging(taskId: string): Promise<number> {
  const work = join(dataDir, "work");
  for (;;) {
    const files = await readdir(work, { recursive: true });
    const mark = files.find((file) => file.endsWith(`${taskId}-1.bin.hanging`));
    const pid = mark === undefined ? 0 : Number(await readFile(join(work, mark), "utf8"));
    if (pid > 0) return pid;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
