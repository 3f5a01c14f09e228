// Cancelling a document ends the process that works on it, even one that hears nothing any more.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childrenOf } from "./faults/kill.ts";
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

test.each(["cancel"])(
  "%s ends the process that hangs on the document, at whatever stage",
  { timeout: 60_000 },
  async (verb) => {
    const taken: Record<string, number> = {};
    for (const script of [
      { plan: "hang", pages: ["read"] },
      { pages: ["hang"] },
      { pages: ["read"], assemble: "hang" },
    ]) {
      const stage = "plan" in script ? "plan" : "assemble" in script ? "assembly" : "page";
      const taskId = await sendUpload(server, { name: "script.pdf", bytes: scripted(script) });
      const hanging = await untilHanging(server, taskId, stage);
      const began = performance.now();
      if (verb === "cancel") await callServer(server, `/tasks/${taskId}/cancel`, { method: "POST" });
      else await callServer(server, `/tasks/${taskId}`, { method: "DELETE" });
      while (childrenOf(server.child.pid ?? 0).includes(hanging))
        await new Promise((resolve) => setTimeout(resolve, 5));
      taken[stage] = Math.round(performance.now() - began);
      // Otherwise its own limit has ended it: a page has two minutes, an assembly one, a plan twenty seconds.
      expect(taken[stage]).toBeLessThan(15_000);
    }
    console.log(`Process gone after ${verb}, ms:`, taken);
    const next = await sendUpload(server, { name: "script.pdf", bytes: scripted({ pages: ["read"] }) });
    expect(await untilSettled(server, next)).toMatchObject({ status: "completed" });
  },
);

/** The process id of the one child, when it is at that stage of the task. */
async function untilHanging(server: RealServer, taskId: string, stage: string): Promise<number> {
  for (;;) {
    const { status, startedAt, pagesTotal, pagesDone } = await readTask(server, taskId);
    const opened = startedAt !== null && pagesTotal === null;
    const there = { plan: opened, page: pagesTotal === 1 && pagesDone === 0, assembly: pagesDone === 1 }[stage];
    expect(status).not.toMatch(/completed|failed/u);
    const [child] = childrenOf(server.child.pid ?? 0);
    if (there === true && child !== undefined) return child;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
