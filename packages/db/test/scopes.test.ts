import { randomUUID } from "node:crypto";
import { scrubText } from "@legible/shared/text";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeAudit } from "../src/audit.ts";
import { connectionConfig } from "../src/connection.ts";
import { codesOf } from "../src/failure.ts";
import { PrismaClient } from "../src/generated/client.ts";
import { createScopes, type Tx } from "../src/scopes.ts";
import { silentLog, type TestDatabase, testDatabase } from "../src/testing.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const insertTask = (tx: Tx, userId: number, filename = "scan.pdf") =>
  tx.task.create({ data: { userId, taskId: randomUUID(), filename } });

/** The same client the scopes use, which no caller can get at. */
function bareClient(): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ ...connectionConfig(database.address, "legible_login"), max: 2 }),
  });
}

describe("a query outside a scope", () => {
  test("reads nothing, although the login is the owner", async () => {
    const client = bareClient();
    const error = await client.user.findMany().catch((reason: unknown) => reason);
    expect([...codesOf(error)]).toContain("42501");
    await client.$disconnect();
  });

  test("reads nothing after the role was reset, as injected SQL might: the connection woke up in a role without rights", async () => {
    const client = bareClient();
    await client.$executeRaw`RESET ROLE`;
    const error = await client.user.count().catch((reason: unknown) => reason);
    expect([...codesOf(error)]).toContain("42501");
    await client.$disconnect();
  });

  test("reads nothing on a connection that a scope has just used", async () => {
    const client = bareClient();
    const scopes = createScopes(client, silentLog);
    expect(await scopes.asSystem("test", (tx) => tx.user.count())).toBeGreaterThanOrEqual(0);
    const error = await client.user.count().catch((reason: unknown) => reason);
    expect([...codesOf(error)]).toContain("42501");
    await client.$disconnect();
  });
});

describe("fifty people at once", () => {
  /** Beyond the pool's twenty connections, so that all of them are handed from one person to the next. */
  const people = 50;
  const rounds = 40;

  test("see their own rows only, on connections that others have just used, left in error or run into a time limit on", async () => {
    const ids: number[] = [];
    for (let count = 0; count < people; count++) ids.push((await database.createUser()).id);
    for (const id of ids) await database.asUser(id, (tx) => insertTask(tx, id, `of ${id}.pdf`));
    const ways: ((id: number) => Promise<number[]>)[] = [
      (id) => database.asUser(id, ownersSeen),
      (id) => database.asAdmin(id, async (tx) => ((await tx.taskFile.count()) === 0 ? [id] : [-1])),
      // Rolled back by its own work.
      async (id) => {
        const seen: number[] = [];
        const failing = database.asUser(id, async (tx) => {
          seen.push(...(await ownersSeen(tx)));
          await tx.task.updateMany({ data: { filename: "changed" } });
          throw new Error("changed my mind");
        });
        await expect(failing).rejects.toThrow("changed my mind");
        return seen;
      },
      // Rolled back by the database: a statement that is refused, and one that takes too long.
      (id) => afterFailure(id, (tx) => insertTask(tx, id + 1_000_000)),
      (id) =>
        afterFailure(id, async (tx) => {
          await tx.$executeRaw`SET LOCAL statement_timeout = 5`;
          await tx.$queryRaw`SELECT pg_sleep(1)::text`;
        }),
    ];
    let calls = 0;
    for (let round = 0; round < rounds; round++) {
      const seen = await Promise.all(
        ids.map(async (id, index) => {
          calls++;
          const owners = await (ways[(index + round) % ways.length] ?? expect.unreachable())(id);
          return owners.length === 1 && owners[0] === id;
        }),
      );
      expect(seen.filter((own) => !own)).toEqual([]);
    }
    expect(calls).toBe(people * rounds);
    const names = await database.asOwner("SELECT 1 FROM tool_ocr_tasks WHERE filename = 'changed'");
    expect(names).toEqual([]);
  });

  const ownersSeen = async (tx: Tx) => (await tx.task.findMany({ select: { userId: true } })).map((row) => row.userId);

  /** What the person sees right before a statement that fails. */
  async function afterFailure(id: number, failing: (tx: Tx) => Promise<unknown>): Promise<number[]> {
    const seen: number[] = [];
    const refused = database.asUser(id, async (tx) => {
      seen.push(...(await ownersSeen(tx)));
      await failing(tx);
    });
    await expect(refused).rejects.toThrow();
    return seen;
  }
});

describe("a scope", () => {
  test("shows people their own tasks only, interleaved on shared connections", async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => database.createUser()));
    await Promise.all(people.map(({ id }) => database.asUser(id, (tx) => insertTask(tx, id))));
    const rounds = Array.from({ length: 20 }).flatMap(() => people);
    const seen = await Promise.all(
      rounds.map(async ({ id }) => {
        const tasks = await database.asUser(id, (tx) => tx.task.findMany());
        return tasks.length === 1 && tasks[0]?.userId === id;
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
  });

  test("refuses another one inside it, whichever it is", async () => {
    const { id } = await database.createUser();
    const nested = database.asUser(id, () => database.asSystem("nested", (tx) => tx.user.count()));
    await expect(nested).rejects.toThrow("inside another one");
    expect(await database.asUser(id, (tx) => tx.user.count())).toBe(1);
  });

  test("may follow another one in the same call", async () => {
    const { id } = await database.createUser();
    const count = () => database.asUser(id, (tx) => tx.task.count());
    expect((await count()) + (await count())).toBe(0);
  });

  test("undoes everything when its work throws", async () => {
    const { id } = await database.createUser();
    const failing = database.asUser(id, async (tx) => {
      await insertTask(tx, id);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await database.asUser(id, (tx) => tx.task.count())).toBe(0);
  });

  test("is run again after a deadlock", async () => {
    const { id } = await database.createUser();
    const first = await database.asUser(id, (tx) => insertTask(tx, id));
    const second = await database.asUser(id, (tx) => insertTask(tx, id));
    let runs = 0;
    let arrived = 0;
    let open = () => {};
    const bothHoldOne = new Promise<void>((resolve) => {
      open = resolve;
    });
    const touch = (tx: Tx, task: number) =>
      tx.task.update({ where: { id: task }, data: { revision: { increment: 1 } } });
    const crossing = (one: number, other: number) =>
      database.asUser(id, async (tx) => {
        runs++;
        await touch(tx, one);
        if (++arrived === 2) open();
        await bothHoldOne;
        await touch(tx, other);
      });
    await Promise.all([crossing(first.id, second.id), crossing(second.id, first.id)]);
    expect(runs).toBeGreaterThan(2);
    const rows = await database.asUser(id, (tx) => tx.task.findMany({ select: { revision: true } }));
    expect(rows).toEqual([{ revision: 2 }, { revision: 2 }]);
  });

  test("says UNAVAILABLE when the database is away", async () => {
    const adapter = new PrismaPg({ ...connectionConfig({ socketFolder: "/nowhere" }, "legible_login"), max: 1 });
    const scopes = createScopes(new PrismaClient({ adapter }), silentLog);
    await expect(scopes.asSystem("test", (tx) => tx.user.count())).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("says UNAVAILABLE when its connection is cut, and the next one works", async () => {
    const cut = database.asSystem("test", async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await database.asOwner("SELECT pg_terminate_backend($1)", [row?.pid]);
      return tx.user.count();
    });
    await expect(cut).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await database.asSystem("test", (tx) => tx.user.count())).toBeGreaterThanOrEqual(0);
  });

  test("names its reason to the database", async () => {
    const [row] = await database.asSystem(
      "retention",
      (tx) => tx.$queryRaw<{ reason: string }[]>`SELECT current_setting('app.reason') AS reason`,
    );
    expect(row?.reason).toBe("retention");
  });
});

describe("text", () => {
  test("with a NUL is refused by PostgreSQL, and accepted once it is scrubbed", async () => {
    const { id } = await database.createUser();
    const title = "invoice\u0000 \ud800.pdf";
    await expect(database.asUser(id, (tx) => insertTask(tx, id, title))).rejects.toThrow();
    const task = await database.asUser(id, (tx) => insertTask(tx, id, scrubText(title)));
    expect(task.filename).toBe("invoice \ufffd.pdf");
  });
});

describe("an audit entry", () => {
  test("is written by a person, who cannot read it, and read by an administrator", async () => {
    const { id } = await database.createUser("admin");
    await database.asUser(id, (tx) =>
      writeAudit(tx, {
        action: "login",
        outcome: "success",
        userId: id,
        userAgent: `x\u0000${"y".repeat(900)}`,
        details: { name: "a\u0000b\ud800" },
      }),
    );
    const entries = await database.asAdmin(id, (tx) => tx.auditLog.findMany({ where: { userId: id } }));
    expect(entries).toMatchObject([{ action: "login", outcome: "success", userId: id, details: { name: "ab\ufffd" } }]);
    expect(entries[0]?.userAgent).toHaveLength(500);
    await expect(database.asUser(id, (tx) => tx.auditLog.findMany())).rejects.toThrow();
  });

  test("cannot be written in another person's name", async () => {
    const [one, other] = [await database.createUser(), await database.createUser()];
    const forged = database.asUser(one.id, (tx) =>
      writeAudit(tx, { action: "login", outcome: "success", userId: other.id }),
    );
    await expect(forged).rejects.toThrow();
  });

  test("is gone with the deed that was undone", async () => {
    const { id } = await database.createUser("admin");
    const failing = database.asUser(id, async (tx) => {
      await writeAudit(tx, { action: "logout", outcome: "success", userId: id });
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect(await database.asAdmin(id, (tx) => tx.auditLog.count({ where: { userId: id } }))).toBe(0);
  });
});
