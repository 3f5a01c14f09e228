// What one person's list, numbers and search cost beside 999,000 documents of others, against 9,000 of others: the person has 1,000 in
// both. The two are asked in turns, so that whatever else the machine does meets both.

import { testDatabase } from "@legible/db/testing";
import { seedTasks } from "@legible/db/testing/seed-tasks";
import { startTestServer, testServerVariable } from "@legible/db/testing/server";
import { defaultLimits } from "@legible/shared/limits";
import type { SignedInContext } from "../apps/api/src/context.ts";
import { listTasks } from "../apps/api/src/task/list.ts";
import { searchTasks } from "../apps/api/src/task/search.ts";
import { taskStats } from "../apps/api/src/task/stats.ts";

const tasksEach = 1_000;
const rounds = 60;
/** Rounds before anything counts: plans, caches and compiled code. */
const warmUp = 15;

const paging = { page: 1, pageSize: 25 };
const listInput = { ...paging, sort: "createdAt" as const, order: "desc" as const };
const asked: Record<string, (ctx: SignedInContext) => Promise<unknown>> = {
  list: (ctx) => listTasks(ctx, listInput),
  "list by name": (ctx) => listTasks(ctx, { ...listInput, filename: "RECHNUNG" }),
  "list by status and date": (ctx) =>
    listTasks(ctx, { ...listInput, status: ["failed"], from: "2020-01-01T00:00:00Z" }),
  stats: (ctx) => taskStats(ctx),
  "search (everywhere)": (ctx) => searchTasks(ctx, { ...paging, text: "契約" }),
  "search (nowhere)": (ctx) => searchTasks(ctx, { ...paging, text: "nirgends" }),
};

export async function benchScale(): Promise<string[]> {
  const server = await startTestServer();
  process.env[testServerVariable] = server.socketFolder;
  try {
    const small = await installation(10);
    const large = await installation(1_000);
    const lines = [`seeding 1,000,000 documents took ${(large.seedMs / 1000).toFixed(0)} s`];
    for (const [name, ask] of Object.entries(asked)) {
      const times: [number[], number[]] = [[], []];
      for (let round = 0; round < warmUp + rounds; round++) {
        for (const [index, ctx] of [small.ctx, large.ctx].entries()) {
          const began = performance.now();
          await ask(ctx);
          if (round >= warmUp) times[index]?.push(performance.now() - began);
        }
      }
      const [few, many] = times.map(median);
      lines.push(
        `${name}: ${few?.toFixed(1)} ms beside 9,000 others, ${many?.toFixed(1)} ms beside 999,000: ${((many ?? 0) / (few ?? 1)).toFixed(2)} × (target: at most 1.5)`,
      );
    }
    await small.close();
    await large.close();
    return lines;
  } finally {
    await server.stop();
  }
}

async function installation(people: number) {
  const database = await testDatabase();
  const began = performance.now();
  const [userId = 0] = await database.asOwnerClient((client) => seedTasks(client, { people, tasksEach }));
  const seedMs = performance.now() - began;
  const deps = { database, limits: defaultLimits };
  return {
    // What the three verbs read of it.
    ctx: { deps, session: { userId } } as unknown as SignedInContext,
    seedMs,
    close: () => database.close(),
  };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
