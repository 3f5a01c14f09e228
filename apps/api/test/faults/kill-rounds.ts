// Documents are sent and read while the server, its children or the whole machine die at random moments, again and again. Afterwards
// every acknowledged document must be there, complete, completed once, and the same to the byte as when it is read undisturbed. A batch
// meets one kill and is settled before the next: a page whose process is killed twice is reported as failed, and rightly so.
import { createHash } from "node:crypto";
import { callServer, endServer, type RealServer, sendUpload, startRealServer, untilSettled } from "../real-server.ts";
import { textPdf } from "../text-pdf.ts";
import { countLeftovers } from "./count-leftovers.ts";
import { kill, type Victim, victims } from "./kill.ts";
import { seededRandom } from "./seeded-random.ts";

export type KillFigures = {
  seed: number;
  kills: Record<Victim, number>;
  /** Documents whose upload was acknowledged, and their pages. */
  tasks: number;
  pages: number;
  /** Acknowledged and not completed with all pages; named by their states. */
  lost: string[];
  /** Completed more than once. */
  doubled: number;
  /** Results that an undisturbed reading makes differently. */
  different: number;
  /** Stored objects that no row names, after the sweep. */
  orphans: number;
};

/** Longest time a batch may take to settle after a kill, ms; a page that was being read has 120 s. */
const settleMs = 180_000;
/** Documents read again for comparison at a time. */
const atOnce = 6;
/** Whoever waits for a document asks twenty times a second, which no person does. */
const settings = { RATE_LIMIT_PERSON: "0", RATE_LIMIT_ADDRESS: "0" };
const formats = ["json", "markdown", "pdf", "txt"] as const;

/** @throws Error when the server cannot be started again. */
export async function killRounds(dataDir: string, wanted: { kills: number; seed: number }): Promise<KillFigures> {
  const random = seededRandom(wanted.seed);
  const kills: Record<Victim, number> = { server: 0, child: 0, machine: 0 };
  const lost: string[] = [];
  const acknowledged = new Map<string, number>();
  let server = await startRealServer(dataDir, settings);
  try {
    const began = performance.now();
    await settled(server, (await sendBatch(server, 0)).sent);
    // A little more than a batch takes: some kills come when all is done.
    const spanMs = (performance.now() - began) * 1.1;
    for (let round = 1; sum(kills) < wanted.kills; round++) {
      const victim = victims[round % victims.length] ?? "server";
      const batch = sendBatch(server, round);
      await new Promise((resolve) => setTimeout(resolve, random() * spanMs));
      if (await kill(victim, server, dataDir)) kills[victim]++;
      // An upload that was cut off was not acknowledged; its sender knows and sends it again.
      const { sent } = await batch;
      const before = server;
      if (victim !== "child") server = await startRealServer(dataDir, settings);
      for (const [taskId, pages] of sent) acknowledged.set(taskId, pages);
      const missing = await settled(server, sent);
      for (const line of missing) {
        console.error(`Lost by ${victim}: ${line}`);
        tellOf(line.slice(0, line.indexOf(":")), new Set([before, server]));
      }
      lost.push(...missing);
      if (round % 20 === 0) console.error(`${sum(kills)} kills, ${acknowledged.size} documents, ${lost.length} lost`);
    }
    // What is lost has no results to compare.
    const whole = [...acknowledged.keys()].filter((taskId) => !lost.some((line) => line.startsWith(taskId)));
    const different = await countDifferent(server, whole);
    await endServer(server, "SIGTERM");
    // Once when it was disturbed, once when it was read again for comparison.
    const leftovers = await countLeftovers(dataDir, [...acknowledged.keys()], 2);
    const pages = [...acknowledged.values()].reduce((all, some) => all + some, 0);
    return { seed: wanted.seed, kills, tasks: acknowledged.size, pages, lost, different, ...leftovers };
  } finally {
    await endServer(server, "SIGKILL");
  }
}

/** Sends three documents at once: one that is recognised, one that keeps its text, one of a single page. */
async function sendBatch(server: RealServer, round: number): Promise<{ sent: Map<string, number> }> {
  const page = (number: number) => `Sheet ${number} of round ${round}`;
  const batch = [
    { pages: 3, mode: "force" },
    { pages: 8, mode: "auto" },
    { pages: 1, mode: "force" },
  ];
  const sent = new Map<string, number>();
  const sending = batch.map(async ({ pages, mode }) => {
    const bytes = textPdf(Array.from({ length: pages }, (_, index) => page(index + 1)));
    const options = { languages: ["eng"], mode };
    sent.set(await sendUpload(server, { name: `round ${round}.pdf`, bytes, options }), pages);
  });
  for (const outcome of await Promise.allSettled(sending)) {
    if (outcome.status === "rejected" && !isCutOff(outcome.reason)) throw outcome.reason;
  }
  return { sent };
}

/** True for what a caller sees of a server that dies while it is spoken to. */
function isCutOff(error: unknown): boolean {
  return error instanceof TypeError || /answered 50[03]/u.test(String(error));
}

/** Prints what the servers have logged of the task: the data folder is gone when somebody reads about it. */
function tellOf(taskId: string, servers: ReadonlySet<RealServer>): void {
  for (const server of servers) {
    for (const line of server.log().split("\n")) if (line.includes(taskId)) console.error(line);
  }
}

/** Waits for all; returns a line for each that did not complete with all its pages. */
async function settled(server: RealServer, tasks: ReadonlyMap<string, number>): Promise<string[]> {
  const outcomes = await Promise.all(
    [...tasks].map(async ([taskId, pages]) => {
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, settleMs, undefined).unref());
      const task = await Promise.race([untilSettled(server, taskId), late]);
      const whole = task?.status === "completed" && task.pagesDone === pages && task.pagesFailed === 0;
      return whole ? [] : [`${taskId}: ${task === undefined ? "not settled" : JSON.stringify(task)}`];
    }),
  );
  return outcomes.flat();
}

/** Reads every task once more, undisturbed, and compares what both readings made. */
async function countDifferent(server: RealServer, taskIds: readonly string[]): Promise<number> {
  let different = 0;
  // A few at a time: that keeps both cores busy, and the queue short.
  for (let from = 0; from < taskIds.length; from += atOnce) {
    await Promise.all(
      taskIds.slice(from, from + atOnce).map(async (taskId) => {
        const before = await hashes(server, taskId);
        const headers = { "content-type": "application/json" };
        const body = JSON.stringify({ pages: "all" });
        await callServer(server, `/tasks/${taskId}/retry`, { method: "POST", headers, body });
        await untilSettled(server, taskId);
        const after = await hashes(server, taskId);
        different += before.filter((hash, index) => hash !== after[index]).length;
      }),
    );
  }
  return different;
}

function hashes(server: RealServer, taskId: string): Promise<string[]> {
  return Promise.all(
    formats.map(async (format) => {
      const body = await (await callServer(server, `/tasks/${taskId}/download/${format}`)).arrayBuffer();
      return createHash("sha256").update(new Uint8Array(body)).digest("hex");
    }),
  );
}

function sum(kills: Record<Victim, number>): number {
  return Object.values(kills).reduce((all, some) => all + some, 0);
}
