import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectionConfig } from "../src/connection.ts";
import { openDatabase } from "../src/database.ts";
import { chooseAccount } from "../src/embedded/account.ts";
import { startEmbedded } from "../src/embedded.ts";
import { planJob } from "../src/jobs.ts";
import { DatabaseStartError } from "../src/start-error.ts";
import { silentLog } from "../src/testing.ts";

const isRoot = process.getuid?.() === 0;
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-embedded-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Another process that opens the database of `dataDir`, takes a job and then does nothing until it is killed. */
async function startHolder(): Promise<{ child: ChildProcess; lines: string[] }> {
  const script = fileURLToPath(new URL("holder.ts", import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  for await (const line of reader) {
    lines.push(line);
    if (line === "holding") break;
  }
  return { child, lines };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseStartError);
  return String(error);
};

describe("the embedded database", () => {
  test("is created, keeps its rows over a stop and a start, and writes them to the disk", async () => {
    const first = await openDatabase({ dataDir, log: silentLog });
    expect([first.embedded, await first.ready()]).toEqual([true, true]);
    const [settings] = await first.asSystem(
      "test",
      (tx) => tx.$queryRaw<object[]>`
        SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses,
          current_setting('server_encoding') AS encoding, upper('ä') AS upper`,
    );
    expect(settings).toEqual({ fsync: "on", addresses: "", encoding: "UTF8", upper: "Ä" });
    await first.asSystem("test", (tx) => tx.user.create({ data: { email: "a@example.org", displayName: "A" } }));
    await first.close();
    expect(await first.ready()).toBe(false);
    const second = await openDatabase({ dataDir, log: silentLog });
    expect(await second.asSystem("test", (tx) => tx.user.count())).toBe(1);
    await second.close();
  });

  test.each(["SIGKILL", "SIGQUIT"] as const)(
    "that is ended by %s is started again by itself: scopes say so meanwhile, rows, rings and jobs go on",
    { timeout: 60_000 },
    async (signal) => {
      const database = await openDatabase({ dataDir, log: silentLog });
      const jobs: number[] = [];
      const rings: string[] = [];
      await database.queue.work(planJob, { concurrency: 1 }, async ({ task }) => void jobs.push(task));
      database.doorbell.onTask(({ taskId }) => rings.push(taskId));
      const user = await database.asSystem("test", (tx) =>
        tx.user.create({ data: { email: "a@example.org", displayName: "A" } }),
      );
      const postmaster = Number((await readFile(join(dataDir, "db/postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(postmaster, signal);
      await expect.poll(() => database.ready(), { timeout: 20_000 }).toBe(false);
      await expect(database.asSystem("test", (tx) => tx.user.count())).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await expect.poll(() => database.ready(), { timeout: 40_000 }).toBe(true);
      const add = (taskId: string) =>
        database.asSystem("test", async (tx) => {
          const data = { userId: user.id, taskId, filename: "a.pdf", status: "processing" };
          const task = await tx.task.create({ data });
          await database.queue.send(tx, planJob, { task: task.id, attempt: 1 }, { userId: user.id });
        });
      await add("after");
      await expect.poll(() => jobs, { timeout: 20_000 }).toEqual([1]);
      // The listener comes back at a moment of its own.
      for (let count = 0; rings.length === 0; count++) {
        await add(`after ${count}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      await database.close();
    },
  );

  test("is adopted when its process was killed: acknowledged rows are there, its job and leases are free at once", async () => {
    const { child } = await startHolder();
    await kill(child);
    const lines: string[] = [];
    const log = {
      ...silentLog,
      info: (fields: object, message: string) => lines.push(`${message} ${JSON.stringify(fields)}`),
    };
    const database = await openDatabase({ dataDir, log });
    expect(lines).toContain('embedded database is running {"adopted":true}');
    const task = await database.asSystem("test", (tx) => tx.task.findFirstOrThrow());
    expect(task).toMatchObject({ filename: "holder.pdf", lease: null });
    const payload = new Promise((resolve) => {
      void database.queue.work(planJob, { concurrency: 1 }, async (found) => resolve(found));
    });
    expect(await payload).toEqual({ task: task.id, attempt: 1 });
    await database.close();
  });

  test("is refused to a second installation while the first one runs, and the first one is not harmed", async () => {
    const { child } = await startHolder();
    expect(await refusal(openDatabase({ dataDir, log: silentLog }))).toContain(`(process ${child.pid})`);
    expect(child.exitCode).toBeNull();
    await kill(child);
    const server = await startEmbedded(dataDir, silentLog);
    expect(server.adopted).toBe(true);
    await server.stop();
  });

  test("is refused to a second one in the same process, and given back when the first one stops", async () => {
    const first = await startEmbedded(dataDir, silentLog);
    expect(await refusal(startEmbedded(dataDir, silentLog))).toContain("in use by another running Legible");
    await first.stop();
    await (await startEmbedded(dataDir, silentLog)).stop();
  });

  test("takes over a lock whose process is gone, and one that holds nonsense", async () => {
    for (const lock of ["nonsense", JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "1", space: "", token: "x" })]) {
      await writeFile(join(dataDir, "legible.lock"), lock);
      // A lock of another container counts as alive for as long as it is touched.
      await utimes(join(dataDir, "legible.lock"), 0, 0);
      await (await startEmbedded(dataDir, silentLog)).stop();
    }
  });

  test("leaves a lock alone that another container keeps touching", async () => {
    const lock = JSON.stringify({ pid: 1, startedAt: "1", space: "another container", token: "x" });
    await writeFile(join(dataDir, "legible.lock"), lock);
    expect(await refusal(startEmbedded(dataDir, silentLog))).toContain("in use by another running Legible");
    expect(await readFile(join(dataDir, "legible.lock"), "utf8")).toBe(lock);
  });

  test("of a newer version is refused and left as it is", async () => {
    await (await startEmbedded(dataDir, silentLog)).stop();
    await writeFile(join(dataDir, "db", "PG_VERSION"), "19\n");
    expect(await refusal(startEmbedded(dataDir, silentLog))).toContain("newer version (PostgreSQL 19");
    await writeFile(join(dataDir, "db", "PG_VERSION"), "18\n");
    await (await startEmbedded(dataDir, silentLog)).stop();
  });

  test("is not made over files that are none of its own", async () => {
    await mkdir(join(dataDir, "db"));
    await writeFile(join(dataDir, "db", "precious.txt"), "x");
    if (isRoot) await chown(join(dataDir, "db"), 65534, 65534);
    expect(await refusal(startEmbedded(dataDir, silentLog))).toContain("holds files but no database");
  });

  test("is made anew after a creation that was killed half-way", async () => {
    await mkdir(join(dataDir, "db.new"));
    await writeFile(join(dataDir, "db.new", "half"), "x");
    await mkdir(join(dataDir, "db"));
    await (await startEmbedded(dataDir, silentLog)).stop();
  });

  test("starts although another program now has the process number of a server that died with its machine", async () => {
    await (await startEmbedded(dataDir, silentLog)).stop();
    const folder = join(dataDir, "db");
    const { uid, gid } = await stat(folder);
    const pidFile = join(folder, "postmaster.pid");
    await writeFile(pidFile, `${process.pid}\n${folder}\n1700000000\n5432\n/nowhere\n\n  1 1\nready   \n`, {
      mode: 0o600,
    });
    if (isRoot) await chown(pidFile, uid, gid);
    const server = await startEmbedded(dataDir, silentLog);
    expect(server.adopted).toBe(false);
    await server.stop();
  });

  test("of another user is refused", () => {
    const self = { uid: 1000, gid: 1000 };
    expect(() => chooseAccount("/data/db", { uid: 1001, gid: 1001 }, self)).toThrow(
      "belongs to another user (uid 1001)",
    );
    expect(chooseAccount("/data/db", { uid: 1000, gid: 1000 }, self)).toMatchObject({ uid: 1000, switched: false });
    expect(() => chooseAccount("/data/db", { uid: 0, gid: 0 }, { uid: 0, gid: 0 })).toThrow("belongs to root");
    expect(chooseAccount("/data/db", { uid: 70, gid: 70 }, { uid: 0, gid: 0 })).toMatchObject({
      uid: 70,
      switched: true,
    });
  });

  test.runIf(isRoot)(
    "runs under an unprivileged account when root starts it, also below a folder closed to others",
    async () => {
      const closed = join(dataDir, "closed");
      await mkdir(closed);
      await chmod(closed, 0o700);
      const server = await startEmbedded(join(closed, "data"), silentLog);
      const folder = join(closed, "data", "db");
      const pid = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0];
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      expect(status).toMatch(new RegExp(`^Uid:\\s+${(await stat(folder)).uid}\\s`, "m"));
      expect((await stat(folder)).uid).not.toBe(0);
      expect((await stat(server.socketFolder)).mode & 0o777).toBe(0o700);
      await server.stop();
      await expect(stat(server.socketFolder)).rejects.toThrow("ENOENT");
      await expect(stat(join(closed, "data", "legible.lock"))).rejects.toThrow("ENOENT");
    },
  );
});

describe("a server of the operator", () => {
  test("is set up and used by a login that owns the database and may create roles, and is nothing more", async () => {
    const server = await startEmbedded(dataDir, silentLog);
    const client = new Client({ ...connectionConfig(server), database: "postgres" });
    await client.connect();
    await client.query("CREATE ROLE operator LOGIN CREATEROLE");
    await client.query("CREATE DATABASE office OWNER operator");
    await client.end();
    const url = `postgres://operator@localhost/office?host=${encodeURIComponent(server.socketFolder)}&options=-c%20geqo%3Doff`;
    const database = await openDatabase({ dataDir: "/nowhere", url, log: silentLog });
    expect(database.embedded).toBe(false);
    const user = await database.asSystem("test", (tx) =>
      tx.user.create({ data: { email: "a@example.org", displayName: "A" } }),
    );
    const [settings] = await database.asUser(user.id, async (tx) => {
      await database.queue.send(tx, planJob, { task: 1, attempt: 1 }, { userId: user.id });
      return tx.$queryRaw<object[]>`
        SELECT session_user::text AS login, current_user::text AS role, current_setting('geqo') AS geqo,
          current_setting('lock_timeout') AS lock`;
    });
    expect(settings).toEqual({ login: "operator", role: "legible_user", geqo: "off", lock: "3s" });
    expect(await database.queue.counts()).toEqual({ waiting: 1, active: 0 });
    await database.close();
    await database.close();
    await server.stop();
  });

  test("that is not there is named in one sentence", async () => {
    const url = "postgres://nobody@localhost/none?host=%2Fnowhere";
    expect(await refusal(openDatabase({ dataDir: "/nowhere", url, log: silentLog }))).toContain("cannot be reached");
  });
});
