// No deed without its entry, and no entry without its deed: every mutation, every transfer of a file and every reading as an administrator.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLines } from "./access/audit-lines.ts";
import { type Answer, type Caller, callProcedure, callRoute, definitions } from "./access/call.ts";
import { procedures, routes } from "./access/matrix.ts";
import { makeScene, password, type Scene, secret } from "./access/scene.ts";
import { data, refusal, type TestApi, testApi } from "./api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

type Entry = {
  id: number;
  action: string;
  outcome: string;
  object: string | null;
  user_id: number;
  request_id: string;
};
const entriesAfter = (id: number) =>
  api.database.asOwner<Entry>("SELECT * FROM tool_ocr_audit_logs WHERE id > $1 ORDER BY id", [id]);
const lastEntry = async () =>
  (await api.database.asOwner<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM tool_ocr_audit_logs"))[0]?.id ??
  0;

test("every mutation, every file route and every administrators' query has a line, and every line one of these", () => {
  const wanted = [
    ...Object.entries(definitions)
      .filter(([path, { _def }]) => _def.type === "mutation" || path.startsWith("admin."))
      .map(([path]) => path),
    // The doors that are no procedure and need somebody.
    ...Object.entries(routes)
      .filter(([, line]) => line.procedure === undefined && line.needs !== "anybody")
      .map(([route]) => route),
  ];
  // The first administrator is made where nobody is: see below.
  expect(["auth.setup", ...Object.keys(auditLines)].sort()).toEqual(wanted.sort());
});

function call(who: Caller, name: string, input: unknown): Promise<Answer> {
  const route = routes[name];
  return route === undefined
    ? callProcedure(who, name, input)
    : callRoute(who, name, route, input as Record<string, unknown>);
}

/** What is counted whether a call succeeds or not. */
const counts = ["legible_rate_limits", "legible_sign_in_attempts"];

/** Everything that is there: rows of all tables but counts of calls, jobs, stored objects. */
async function everything(): Promise<unknown[]> {
  const tables = await api.database.asOwner<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  const found: unknown[] = [];
  const kept = tables.map((table) => table.name).filter((name) => !counts.includes(name));
  for (const name of [...kept, "pgboss.job"]) {
    found.push([
      name,
      await api.database.asOwner(`SELECT to_jsonb(t) AS row FROM ${name} t ORDER BY to_jsonb(t)::text`),
    ]);
  }
  const keys: string[] = [];
  for await (const key of api.deps.storage.list("")) keys.push(key);
  return [...found, keys.sort()];
}

/** While `work` runs, an entry can be written by nobody: the last step of its insertion fails. */
async function withoutLog(work: () => Promise<void>): Promise<void> {
  await api.database.asOwner(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no entry today'; END $$;
     CREATE TRIGGER refuse AFTER INSERT ON tool_ocr_audit_logs FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  try {
    await work();
  } finally {
    await api.database.asOwner("DROP FUNCTION refuse CASCADE");
  }
}

describe.each(Object.entries(auditLines))("%s", (name, line) => {
  const inputOf = async (scene: Scene) =>
    (await (procedures[name] ?? routes[name])?.input?.(scene)) as Record<string, unknown>;

  test("writes what it did, by whom and in which request", async () => {
    const scene = await makeScene(api);
    const input = await inputOf(scene);
    const before = await lastEntry();
    const answer = await call(scene[line.by], name, input);
    expect(answer.status).toBe(200);
    const expected = line.entries(input ?? {}, scene);
    const found = await entriesAfter(before);
    expect(found).toMatchObject(
      expected.map(([action, object]) => ({
        action,
        outcome: "success",
        user_id: scene[line.by].id,
        request_id: answer.headers["x-request-id"],
        address: "127.0.0.1",
        ...(object === "new" ? {} : { object }),
      })),
    );
    // Ids and numbers, nothing of what stands in documents, and no key to anything.
    const keys = [secret, password, ...scene[line.by].cookie.split(/[;=]/u).filter((part) => part.length > 40)];
    expect(keys).toHaveLength(4);
    expect(keys.filter((key) => JSON.stringify(found).includes(key))).toEqual([]);
    if (expected.some(([, object]) => object === "new")) {
      const made = (JSON.parse(answer.body) as { result: { data: { id?: number; taskId?: string } } }).result.data;
      expect(found[0]?.object).toBe(made.taskId ?? `token ${String(made.id)}`);
    }
  });

  test("leaves nothing when its entry cannot be written", async () => {
    const scene = await makeScene(api);
    const input = await inputOf(scene);
    await withoutLog(async () => {
      const before = await everything();
      const answer = await call(scene[line.by], name, input);
      expect(answer).toMatchObject({ status: 500, body: expect.stringContaining("INTERNAL") });
      expect(answer.headers["set-cookie"]).toBeUndefined();
      expect(await everything()).toEqual(before);
    });
  });
});

test("the first administrator is written down, or not made", async () => {
  const empty = await testApi();
  const input = { email: "first@example.org", password, displayName: "First" };
  const setup = () =>
    fetch(new URL("/trpc/auth.setup", empty.origin), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
  const rows = async (table: string) => (await empty.database.asOwner(`SELECT * FROM ${table}`)).length;
  await empty.database.asOwner("ALTER TABLE tool_ocr_audit_logs ADD CONSTRAINT refuse CHECK (action <> 'setup')");
  expect(await refusal(setup())).toEqual({ status: 500, code: "INTERNAL" });
  expect([await rows("tool_ocr_users"), await rows("tool_ocr_sessions")]).toEqual([0, 0]);
  await empty.database.asOwner("ALTER TABLE tool_ocr_audit_logs DROP CONSTRAINT refuse");
  const { user } = await data<{ user: { id: number } }>(setup());
  const [entry] = await empty.database.asOwner("SELECT action, outcome, user_id FROM tool_ocr_audit_logs");
  expect(entry).toEqual({ action: "setup", outcome: "success", user_id: user.id });
  await empty.close();
});
