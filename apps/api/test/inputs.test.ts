// What callers send: nothing passes that a schema does not name, and nothing that it does name is taken for SQL.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { toJsonSchema } from "../src/rest/schemas.ts";
import { callProcedure, callRoute, definitions } from "./access/call.ts";
import { leavesOf, openObjects, withValue } from "./access/input-leaves.ts";
import { type Line, procedures, routes } from "./access/matrix.ts";
import { makeScene, type Scene } from "./access/scene.ts";
import { type TestApi, testApi } from "./api.ts";

let api: TestApi;
let scene: Scene;
beforeAll(async () => {
  api = await testApi();
  scene = await makeScene(api);
});
afterAll(() => api.close());

/** The schema of a procedure's input; undefined when it takes none. */
function schemaOf(path: string): z.ZodType | undefined {
  const [schema, ...more] = definitions[path]?._def.inputs ?? [];
  expect(more, "several inputs are merged, and their unknown keys with them").toEqual([]);
  return schema === undefined ? undefined : z.instanceof(z.ZodType).parse(schema);
}
const withInput = Object.keys(definitions).filter((path) => schemaOf(path) !== undefined);
const callerOf = (name: string) => (name.includes("admin") ? scene.admin : scene.owner);
const inputOf = async ({ input }: Line) => (await input?.(scene)) as Record<string, unknown>;

const users = () => api.database.asOwner("SELECT id, email, role, disabled_at FROM tool_ocr_users ORDER BY id");
const tasks = () => api.database.asOwner("SELECT * FROM tool_ocr_tasks ORDER BY id");

describe("a key that the schema does not name", () => {
  test.each(withInput)("passes at no depth of %s", (path) => {
    expect(openObjects(toJsonSchema(schemaOf(path) ?? z.never(), "input"))).toEqual([]);
  });

  test.each(withInput)("is refused by %s, and changes nothing", async (path) => {
    const line = procedures[path] ?? expect.unreachable();
    const input = await inputOf(line);
    const before = [await users(), await tasks()];
    for (const extra of [
      '"ownerId":1',
      '"user_id":1',
      '"isAdmin":true',
      '"deletedAt":null',
      '"__proto__":{"role":"admin"}',
      '"constructor":{}',
    ]) {
      const text = JSON.stringify(input);
      const more = JSON.parse(`${text.slice(0, -1)}${text === "{}" ? "" : ","}${extra}}`) as unknown;
      expect([extra, (await callProcedure(callerOf(path), path, more)).status]).toEqual([extra, 400]);
    }
    expect([await users(), await tasks()]).toEqual(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  const doors = Object.entries(routes).filter(([, { procedure = "" }]) => withInput.includes(procedure));
  test.each(doors)("is refused by %s", async (route, line) => {
    const input = { ...(await inputOf(line)), isAdmin: true };
    expect((await callRoute(callerOf(route), route, line, input)).status).toBe(400);
  });
});

const texts = [
  "'",
  "' OR '1'='1",
  "'; DROP TABLE tool_ocr_users; --",
  "'; RESET ROLE; SELECT pg_sleep(9); --",
  "1; SELECT set_config('app.user_id', '1', true)",
  "') UNION SELECT password_hash FROM tool_ocr_users --",
  "$1",
  "\\",
  "%_\\%",
  "' || pg_sleep(9) || '",
  "\u0000",
  "\ud800",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "x".repeat(5_000),
];
const numbers = [-1, 0, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e308];

describe("a text or number in the place of another", () => {
  test.each(withInput)("is never a fault of the server: %s", async (path) => {
    const line = procedures[path] ?? expect.unreachable();
    const leaves = leavesOf(toJsonSchema(schemaOf(path) ?? z.never(), "input"));
    const before = await users();
    const faults: unknown[] = [];
    const base = await inputOf(line);
    for (const leaf of leaves) {
      for (const value of leaf.type === "string" ? texts : numbers) {
        const input = withValue(base, leaf.path, value);
        const { status } = await callProcedure(callerOf(path), path, input);
        if (status >= 500) faults.push([leaf.path.join("."), String(value).slice(0, 40), status]);
      }
    }
    expect(faults).toEqual([]);
    // Setting a role and making a person are what some of these are for; nobody is gone, though.
    expect((await users()).length).toBeGreaterThanOrEqual(before.length);
  });

  const withParameters = Object.keys(routes).filter((route) => route.includes(":") && !route.includes("/trpc/"));
  test.each(withParameters)("is never a fault of the server in the address: %s", async (route) => {
    const line = routes[route] ?? expect.unreachable();
    const base = await inputOf(line);
    const names = [...route.matchAll(/:(\w+)/gu)].map((match) => match[1] ?? "");
    for (const name of names) {
      for (const value of [...texts.filter((text) => text !== "\ud800"), ...numbers]) {
        const { status } = await callRoute(callerOf(route), route, line, { ...base, [name]: value });
        expect([name, value, status < 500]).toEqual([name, value, true]);
      }
    }
  });
});
