import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { data, type Person, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
let chief: Person;
let user: Person;

beforeAll(async () => {
  api = await testApi();
  [chief, user] = [await api.person("admin"), await api.person()];
});
afterAll(() => api.close());

const entries = (where: string, values: unknown[] = []) =>
  api.database.asOwner<{ action: string; object: string; details: Record<string, unknown> }>(
    `SELECT action, object, details FROM tool_ocr_audit_logs WHERE ${where} ORDER BY id`,
    values,
  );

type Logs = { items: { id: number; at: string; action: string; userId: number | null }[]; nextCursor: number | null };

describe("reading", () => {
  const readings: [procedure: string, input: () => unknown][] = [
    ["admin.users", () => ({})],
    ["admin.topUsers", () => ({})],
    ["admin.auditLogs", () => ({})],
    ["admin.auditSummary", () => ({ userId: user.id })],
    ["admin.verifyAudit", () => undefined],
    ["admin.sessions", () => ({})],
    ["admin.stats", () => ({})],
    ["admin.system", () => undefined],
  ];
  for (const [procedure, input] of readings) {
    test(`${procedure} is for administrators and leaves an entry`, async () => {
      expect(await refusal(user.query(procedure, input()))).toEqual({ status: 403, code: "FORBIDDEN" });
      const refused = { action: "call.refused", object: procedure, details: { code: "FORBIDDEN" } };
      expect(await entries("object = $1 AND user_id = $2", [procedure, user.id])).toMatchObject([refused]);
      expect((await chief.query(procedure, input())).status).toBe(200);
      expect(await entries("object = $1 AND action = 'admin.read'", [procedure])).toHaveLength(1);
    });
  }

  test("the log comes in pages that neither overlap nor miss, and obeys its filters", async () => {
    const all = await data<Logs>(chief.query("admin.auditLogs", { limit: 200, userId: chief.id }));
    const seen: number[] = [];
    let cursor: number | undefined = (all.items[0]?.id ?? 0) + 1;
    while (cursor !== undefined) {
      const page: Logs = await data<Logs>(chief.query("admin.auditLogs", { limit: 2, userId: chief.id, cursor }));
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(4);
    const from = all.items.at(3)?.at;
    const since = await data<Logs>(chief.query("admin.auditLogs", { from, to: all.items[0]?.at, userId: chief.id }));
    expect(since.items).toEqual(all.items.filter(({ at }) => from !== undefined && at >= from));
    expect(since.items.length).toBeLessThan(all.items.length);
    for (const none of [
      { action: "setup" },
      { outcome: "failure" },
      { from: "2100-01-01T00:00:00Z" },
      { to: "2001-01-01T00:00:00Z" },
      { userId: 1e6 },
    ]) {
      expect((await data<Logs>(chief.query("admin.auditLogs", none))).items).toEqual([]);
    }
  });

  test("the summary counts what a person did by action and outcome", async () => {
    await api.database.asOwner(
      `INSERT INTO tool_ocr_audit_logs (user_id, action, outcome)
       VALUES (4711, 'login', 'success'), (4711, 'login', 'success'), (4711, 'login', 'failure'), (4711, 'logout', 'success'), (4712, 'logout', 'success')`,
    );
    const rows = await api.database.asOwner<{ created_at: Date }>(
      "SELECT created_at FROM tool_ocr_audit_logs WHERE user_id = 4711 ORDER BY id",
    );
    expect(await data(chief.query("admin.auditSummary", { userId: 4711 }))).toEqual({
      userId: 4711,
      firstAt: rows.at(0)?.created_at.toISOString(),
      lastAt: rows.at(-1)?.created_at.toISOString(),
      byAction: [
        { action: "login", outcome: "failure", count: 1 },
        { action: "login", outcome: "success", count: 2 },
        { action: "logout", outcome: "success", count: 1 },
      ],
    });
    const nobody = { userId: 4713, firstAt: null, lastAt: null, byAction: [] };
    expect(await data(chief.query("admin.auditSummary", { userId: 4713 }))).toEqual(nobody);
  });

  test("sessions that live come in pages, latest first, with how many there are", async () => {
    const gone = await api.person();
    await data(chief.mutate("admin.revokeSessions", { userId: gone.id }));
    const others = [await api.person(), await api.person()];
    type Sessions = { total: number; items: { id: number }[] };
    const seen: number[] = [];
    let total = 1;
    for (let page = 1; seen.length < total && page < 20; page++) {
      const found = await data<Sessions>(chief.query("admin.sessions", { page, pageSize: 2 }));
      total = found.total;
      seen.push(...found.items.map(({ id }) => id));
    }
    const rows = await api.database.asOwner<{ id: number }>(
      "SELECT id FROM tool_ocr_sessions WHERE revoked_at IS NULL ORDER BY last_seen_at DESC, id DESC",
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
    for (const { sessionId } of others) expect(seen).toContain(sessionId);
    expect(seen).not.toContain(gone.sessionId);
  });

  test("users come with the counts of their tasks, pages and sessions", async () => {
    await api.database.asOwner(
      `INSERT INTO tool_ocr_tasks (user_id, task_id, filename, pages_done, deleted_at)
       VALUES ($1, 'a', 'a.pdf', 3, NULL), ($1, 'b', 'b.pdf', 4, NULL), ($1, 'c', 'c.pdf', 90, now())`,
      [user.id],
    );
    const found = await data<{ total: number; items: unknown[] }>(
      chief.query("admin.users", { text: user.email.toUpperCase() }),
    );
    expect(found.total).toBe(1);
    expect(found.items).toMatchObject([{ id: user.id, tasks: 2, pages: 7, sessions: 1, disabled: false }]);
    for (const [metric, count] of [
      ["tasks", 2],
      ["pages", 7],
    ]) {
      expect(await data(chief.query("admin.topUsers", { metric }))).toMatchObject([{ id: user.id, count }]);
    }
    expect(await data(chief.query("admin.users", { text: "%" }))).toMatchObject({ total: 0 });
  });

  test("the system says what it runs on and how much waits, and no secret", async () => {
    const found = await data<Record<string, unknown>>(chief.query("admin.system"));
    const { version } = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8"));
    const [server] = await api.database.asOwner("SELECT current_setting('server_version') AS version");
    expect(found).toEqual({
      version,
      runtime: process.version,
      uptimeSeconds: expect.any(Number),
      database: { ...server, bytes: expect.any(Number), embedded: false },
      readers: null,
      pagesInHand: 0,
      queue: { waiting: 0, active: 0 },
      storage: { freeBytes: expect.any(Number) },
      languages: ["eng", "jpn"],
    });
    expect(JSON.stringify(found)).not.toContain(api.folder);
  });

  test("pages count as in hand while somebody's lease on them lives; processes are those of this server", async () => {
    const [task] = await api.database.asOwner<{ id: number }>(
      "INSERT INTO tool_ocr_tasks (user_id, task_id, filename, status) VALUES ($1, gen_random_uuid(), 'a', 'processing') RETURNING id",
      [user.id],
    );
    await api.database.asOwner(
      `INSERT INTO tool_ocr_task_pages (task_id, attempt, number, file_position, page_index, decision, status, lease, lease_until)
       VALUES ($1, 1, 1, 1, 0, 'ocr', 'reading', gen_random_uuid(), now() + interval '1 minute'),
         ($1, 1, 2, 1, 1, 'ocr', 'reading', gen_random_uuid(), now() - interval '1 second'),
         ($1, 1, 3, 1, 2, 'ocr', 'waiting', NULL, NULL)`,
      [task?.id],
    );
    api.deps.readers = () => ({ alive: 2, most: 4 });
    try {
      expect(await data(chief.query("admin.system"))).toMatchObject({
        pagesInHand: 1,
        readers: { alive: 2, most: 4 },
      });
    } finally {
      api.deps.readers = undefined;
      await api.database.asOwner("DELETE FROM tool_ocr_tasks WHERE id = $1", [task?.id]);
    }
  });

  test("the same by REST", async () => {
    for (const path of [
      "stats?timeZone=Asia/Taipei",
      "users",
      "users/top?limit=1",
      "audit-logs?limit=1",
      `audit-logs/user/${chief.id}/summary`,
    ]) {
      expect([path, (await chief.fetch(`/api/v2/admin/${path}`)).status]).toEqual([path, 200]);
      expect([path, (await user.fetch(`/api/v2/admin/${path}`)).status]).toEqual([path, 403]);
    }
  });

  test("a changed entry is named", async () => {
    expect(await data(chief.query("admin.verifyAudit"))).toMatchObject({ intact: true, firstBrokenId: null });
    await api.database.asOwner("ALTER TABLE tool_ocr_audit_logs DISABLE TRIGGER audit_append_only");
    await api.database.asOwner("UPDATE tool_ocr_audit_logs SET object = 'x' WHERE id = 2");
    expect(await data(chief.query("admin.verifyAudit"))).toMatchObject({ intact: false, firstBrokenId: 2 });
  });
});

describe("changing", () => {
  test("the role of a person, with an entry", async () => {
    const other = await api.person();
    expect(await refusal(other.mutate("admin.setRole", { userId: other.id, role: "admin" }))).toMatchObject({
      code: "FORBIDDEN",
    });
    await data(chief.mutate("admin.setRole", { userId: other.id, role: "admin" }));
    expect((await other.query("admin.sessions", {})).status).toBe(200);
    await data(chief.mutate("admin.setRole", { userId: other.id, role: "user" }));
    expect((await other.query("admin.sessions", {})).status).toBe(403);
    expect((await entries("object = $1", [`user:${other.id}`])).map(({ details }) => details)).toEqual([
      { from: "user", to: "admin" },
      { from: "admin", to: "user" },
    ]);
    expect(await refusal(chief.mutate("admin.setRole", { userId: 1e6, role: "user" }))).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("never the last administrator's, also when two demote each other at once", async () => {
    expect(await refusal(chief.mutate("admin.setRole", { userId: chief.id, role: "user" }))).toMatchObject({
      code: "CONFLICT",
    });
    expect(
      await entries("action = 'call.refused' AND object = 'admin.setRole' AND details->>'code' = 'CONFLICT'"),
    ).toMatchObject([{ details: { code: "CONFLICT", user: chief.id } }]);
    for (let round = 0; round < 5; round++) {
      const second = await api.person("admin");
      const answers = await Promise.all([
        chief.mutate("admin.setRole", { userId: second.id, role: "user" }),
        second.mutate("admin.setRole", { userId: chief.id, role: "user" }),
      ]);
      const left = await api.database.asOwner("SELECT id FROM tool_ocr_users WHERE role = 'admin'");
      expect(left).toHaveLength(1);
      // The loser is told CONFLICT, or FORBIDDEN when it came after the other's commit.
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect([403, 409]).toContain(answers.find(({ status }) => status !== 200)?.status);
      await api.database.asOwner("UPDATE tool_ocr_users SET role = CASE WHEN id = $1 THEN 'admin' ELSE 'user' END", [
        chief.id,
      ]);
    }
  });

  test("a person is locked out with sessions and tokens for good, and let in again; never the last administrator", async () => {
    const other = await api.person();
    const { token } = await data<{ token: string }>(
      other.mutate("auth.createApiToken", { name: "x", scopes: ["tasks:read"] }),
    );
    const byToken = () =>
      fetch(new URL("/api/v2/tasks", api.origin), { headers: { authorization: `Bearer ${token}` } });
    await data(chief.mutate("admin.setDisabled", { userId: other.id, disabled: true }));
    expect(await refusal(other.query("auth.me"))).toEqual({ status: 401, code: "UNAUTHENTICATED" });
    expect((await byToken()).status).toBe(401);
    await data(chief.mutate("admin.setDisabled", { userId: other.id, disabled: false }));
    // What was open when the account was closed stays closed; whoever comes back signs in and makes new tokens.
    expect((await byToken()).status).toBe(401);
    expect((await other.query("auth.me")).status).toBe(401);
    expect(await refusal(chief.mutate("admin.setDisabled", { userId: chief.id, disabled: true }))).toMatchObject({
      code: "CONFLICT",
    });
    expect(await refusal(chief.mutate("admin.setDisabled", { userId: 1e6, disabled: true }))).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("all sessions of a person end, with an entry", async () => {
    const other = await api.person();
    await data(chief.mutate("admin.revokeSessions", { userId: other.id }));
    expect(await refusal(other.query("auth.me"))).toEqual({ status: 401, code: "UNAUTHENTICATED" });
    expect(await entries("object = $1", [`user:${other.id}`])).toMatchObject([
      { action: "admin.sessions", details: { sessions: 1 } },
    ]);
    expect(await refusal(chief.mutate("admin.revokeSessions", { userId: 1e6 }))).toMatchObject({ code: "NOT_FOUND" });
  });
});
