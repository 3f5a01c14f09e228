// The access matrix, called cell by cell. See access/matrix.ts.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entraKeys } from "../src/entra/keys.ts";
import { type Answer, type Caller, callerOf, callProcedure, callRoute, definitions } from "./access/call.ts";
import { answersOf, type CallerName, callerNames, type Line, procedures, routes } from "./access/matrix.ts";
import { makeScene, type Scene, secret } from "./access/scene.ts";
import { type TestApi, testApi } from "./api.ts";
import { clientId, type Issuer, openIssuer, tenantId } from "./entra-issuer.ts";

let api: TestApi;
let issuer: Issuer;
let pageFolder: string;
/** Every "METHOD /pattern" that the server registered. */
const served = new Set<string>();

const watchRoutes = (message: unknown) => {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) served.add(`${one} ${url}`);
  });
};

beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), "legible-page-"));
  await writeFile(join(pageFolder, "index.html"), "<!doctype html>");
  subscribe("fastify.initialization", watchRoutes);
  issuer = await openIssuer();
  const entra = { tenantId, clientId, allowedTenants: [tenantId], cloud: issuer.cloud };
  api = await testApi({ pageFolder, identity: { localAccounts: true, entra, keys: entraKeys(), adminEmails: [] } });
  unsubscribe("fastify.initialization", watchRoutes);
});
afterAll(async () => {
  await api.close();
  issuer.close();
  await rm(pageFolder, { recursive: true });
});

test("every procedure of the router has a line, and every line a procedure", () => {
  expect(Object.keys(procedures).sort()).toEqual(Object.keys(definitions).sort());
});

test("every route of the server has a line, and every line a route", () => {
  expect(Object.keys(routes).sort()).toEqual([...served].sort());
});

/** Holds all cells of a line; each caller has a scene of its own, so that none sees what another did. */
async function holdLine(
  line: Line,
  administrators: boolean,
  call: (caller: Caller, input: unknown) => Promise<Answer>,
): Promise<void> {
  const found = await Promise.all(
    callerNames.map(async (name) => {
      const scene = await makeScene(api, issuer);
      const input = await line.input?.(scene);
      const caller = await callerOf(scene, name, line, administrators);
      const before = await rowsOf(scene);
      const answer = await call(caller, input);
      const ok = answer.status < 300;
      const leak = strangers.includes(name) && answer.body.includes(secret);
      const deed = !ok && !isDeepStrictEqual(await rowsOf(scene), before);
      return [
        name,
        `${ok ? "ok" : answer.status}${leak ? ", and a leak" : ""}${deed ? ", and yet done" : ""}`,
      ] as const;
    }),
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(answersOf(line)));
}

const strangers: CallerName[] = ["anonymous", "other", "admin", "revoked", "app"];

/** What the people of `scene` have, but for the moment a token was last used. */
function rowsOf({ owner, other, admin }: Scene): Promise<object[]> {
  return api.database.asOwner(
    `SELECT to_jsonb(u) AS row FROM tool_ocr_users u WHERE id = ANY ($1)
     UNION ALL SELECT to_jsonb(s) FROM tool_ocr_sessions s WHERE user_id = ANY ($1)
     UNION ALL SELECT to_jsonb(k) - 'last_used_at' FROM tool_ocr_api_tokens k WHERE user_id = ANY ($1)
     UNION ALL SELECT to_jsonb(t) FROM tool_ocr_tasks t WHERE user_id = ANY ($1)
     ORDER BY 1`,
    [[owner.id, other.id, admin.id]],
  );
}

describe("who gets what from the procedure", () => {
  test.each(Object.entries(procedures))("%s", async (path, line) => {
    const administrators = path.startsWith("admin.");
    await holdLine(line, administrators, (caller, input) => callProcedure(caller, path, input));
  });
});

describe("who gets what from the route", () => {
  test.each(Object.entries(routes))("%s", async (route, line) => {
    const administrators = line.procedure?.startsWith("admin.") === true || line.needs === "admin:read";
    await holdLine(line, administrators, (caller, input) =>
      callRoute(caller, route, line, input as Record<string, unknown>),
    );
  });
});
