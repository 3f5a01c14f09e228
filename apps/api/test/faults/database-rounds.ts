// PostgreSQL ends under load, again and again: the embedded one is killed, and the server starts it again; an operator's is stopped and
// started by the operator. Whoever asks meanwhile is told 503, and nothing acknowledged is lost.
import {
  createUpload,
  endServer,
  type RealServer,
  scriptedMain,
  startRealServer,
  untilSettled,
} from "../real-server.ts";
import { countLeftovers } from "./count-leftovers.ts";
import { killDatabase } from "./kill.ts";
import type { OperatorDatabase } from "./operator-database.ts";
import { scripted } from "./scripted-document.ts";

export type DatabaseFigures = {
  /** How often the database ended. */
  ends: number;
  /** Documents whose upload was acknowledged. */
  documents: number;
  /** Acknowledged and not completed with all pages; named by their states. */
  lost: string[];
  doubled: number;
  orphans: number;
  answers: Record<string, number>;
};

const pages = 6;
/** A page takes so long, ms. */
const pageMs = 60;
/** What is acknowledged between two ends, at least. */
const documentsEach = 3;

/** @throws Error when the server answers something other than 200 and 503 to a new document. */
export async function databaseRounds(
  dataDir: string,
  ends: number,
  operator?: OperatorDatabase,
): Promise<DatabaseFigures> {
  const url = operator?.url;
  const server = await startRealServer(dataDir, url === undefined ? {} : { DATABASE_URL: url }, scriptedMain);
  const answers: Answers = new Map();
  const acknowledged: string[] = [];
  const stop = new AbortController();
  try {
    const load = Promise.all([
      send(server, answers, acknowledged, stop.signal),
      ask(server, answers, stop.signal),
      ask(server, answers, stop.signal),
    ]);
    // Whoever waits below must hear of it when the load ends with an error.
    const loaded = load.then(() => stop.abort());
    const until = (condition: () => Promise<boolean>) => Promise.race([loaded, untilTrue(condition)]);
    for (let count = 0; count < ends; count++) {
      const wanted = acknowledged.length + documentsEach;
      await until(async () => acknowledged.length >= wanted);
      if (operator === undefined) killDatabase(dataDir);
      else await operator.stop();
      await until(async () => (await readiness(server)) === 503);
      await operator?.start();
      await until(async () => (await readiness(server)) === 200);
    }
    stop.abort();
    await load;
    const lost: string[] = [];
    for (const taskId of acknowledged) {
      const task = await untilSettled(server, taskId);
      const whole = task.status === "completed" && task.pagesDone === pages && task.pagesFailed === 0;
      if (!whole) lost.push(`${taskId}: ${JSON.stringify(task)}`);
    }
    await endServer(server, "SIGTERM");
    const leftovers = await countLeftovers(dataDir, acknowledged, 1, url);
    return { ends, documents: acknowledged.length, lost, ...leftovers, answers: Object.fromEntries(answers) };
  } finally {
    stop.abort();
    await endServer(server, "SIGKILL");
  }
}

async function untilTrue(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function readiness({ origin }: RealServer): Promise<number> {
  return (await fetch(`${origin}/health/ready`)).status;
}

/** How often each answer was given: a status, or a status and a code. */
type Answers = Map<string, number>;

async function note(answers: Answers, response: Response): Promise<boolean> {
  const code = response.ok ? "" : ` ${((await response.json()) as { error: { code: string } }).error.code}`;
  const answer = `${response.status}${code}`;
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
  return response.ok;
}

/** Sends one document after another until `stop`; ids of those that were acknowledged. */
async function send(server: RealServer, answers: Answers, acknowledged: string[], stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const bytes = scripted({ pages: Array.from({ length: pages }, () => pageMs) });
    try {
      const { taskId, uploads } = await createUpload(server, { name: "script.pdf", bytes });
      const url = new URL(uploads[0]?.url ?? "", server.origin);
      const put = await fetch(url, { method: "PUT", headers: server.headers, body: new Blob([bytes.slice()]) });
      if (await note(answers, put)) acknowledged.push(taskId);
    } catch (error) {
      // createUpload says it with an error: anything but a 503 is a defect.
      if (!String(error).includes("answered 503")) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function ask(server: RealServer, answers: Answers, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await note(answers, await fetch(`${server.origin}/api/v2/tasks`, { headers: server.headers }));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
