// The access matrix, called cell by cell. See access/matrix.ts.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, callerOf, callProcedure, callRoute, definitions } from "./access/call.ts";
import { answersOf, type CallerName, callerNames, type Line, procedures, routes } from "./access/matrix.ts";
import { makeScene, type Scene, secret } from "./access/scene.ts";
import { type TestApi, testApi } from "./api.ts";

let api: TestApi;
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
  api = await testApi({ pageFolder });
  unsubscribe("fastify.initialization", watchRoutes);
});
afterAll(async () => {
  await api.close();
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
  call: (scene: Scene, name: CallerName, input: unknown) => Promise<Answer>,
): Promise<void> {
  const found = await Promise.all(
    callerNames.map(async (name) => {
      const scene = await makeScene(api);
      const input = await line.input?.(scene);
      const answer = await call(scene, name, input);
      const leak = (name === "other" || name === "admin" || name === "anonymous") && answer.body.includes(secret);
      return [name, `${answer.status < 300 ? "ok" : answer.status}${leak ? " and a leak" : ""}`] as const;
    }),
  );
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(answersOf(line)));
}

describe("who gets what from the procedure", () => {
  test.each(Object.entries(procedures))("%s", async (path, line) => {
    const administrators = path.startsWith("admin.");
    await holdLine(line, async (scene, name, input) => {
      // So that the stream of all has something to begin with.
      if (path === "task.watchAll")
        for (const who of ["owner", "other", "admin"] as const) await scene.task(scene[who], "waiting");
      return callProcedure(await callerOf(scene, name, line, administrators), path, input);
    });
  });
});

describe("who gets what from the route", () => {
  test.each(Object.entries(routes))("%s", async (route, line) => {
    const administrators = line.procedure?.startsWith("admin.") === true;
    await holdLine(line, async (scene, name, input) =>
      callRoute(await callerOf(scene, name, line, administrators), route, line, input as Record<string, unknown>),
    );
  });
});
