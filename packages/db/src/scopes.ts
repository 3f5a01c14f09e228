// The only way to rows. A scope is one short transaction that takes a database role and, for a person, that person's id;
// PostgreSQL's row-level security decides the rest. Do no OCR, hashing, storage or network work inside one.
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@legible/shared/errors";
import type { Log } from "@legible/shared/log";
import { isRaceLost, isUnavailable } from "./failure.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";

/** The client of one open transaction. */
export type Tx = Prisma.TransactionClient;

type Work<T> = (tx: Tx) => Promise<T>;

export type Scopes = {
  /** The person's own rows. */
  asUser<T>(userId: number, work: Work<T>): Promise<T>;
  /** The person's own rows, and everybody's users, sessions, tasks (not their files and pages) and the audit log. */
  asAdmin<T>(userId: number, work: Work<T>): Promise<T>;
  /** All rows. `reason` says what for; it is the setting app.reason of the transaction and stands in the log. */
  asSystem<T>(reason: string, work: Work<T>): Promise<T>;
};

type Scope = { role: "legible_user" | "legible_admin" | "legible_system"; userId?: number; reason?: string };

/** A scope waits this long for a connection, and may last this long, ms. A normal one takes two. */
const waitMs = 5_000;
const lastsMs = 10_000;
/** A scope that lasts longer holds a connection others wait for: worth a line in the log, ms. */
const slowMs = 250;
/** How often a transaction that lost a race is run again. */
const retries = 3;

/** Marks the callers that are inside a scope; a call that outlives its scope finds it closed. */
const current = new AsyncLocalStorage<{ open: boolean }>();

/**
 * The scopes over `client`. All of them throw AppError UNAVAILABLE when the database is away or too busy, and run `work`
 * again (up to three times) when the transaction lost a race: it must have no effect but on the database.
 */
export function createScopes(client: PrismaClient, log: Log): Scopes {
  const run = async <T>(scope: Scope, work: Work<T>): Promise<T> => {
    if (current.getStore()?.open === true) {
      throw new Error("A scope was opened inside another one: use the tx that is at hand.");
    }
    for (let tries = 0; ; tries++) {
      try {
        return await attempt(client, scope, work, log);
      } catch (error) {
        if (isRaceLost(error) && tries < retries) {
          // Both losers come back at different times.
          await delay(10 * (tries + 1) * (1 + Math.random()));
          continue;
        }
        if (isUnavailable(error) || isRaceLost(error)) throw new AppError("UNAVAILABLE", undefined, { cause: error });
        throw error;
      }
    }
  };
  return {
    asUser: (userId, work) => run({ role: "legible_user", userId: checkedId(userId) }, work),
    asAdmin: (userId, work) => run({ role: "legible_admin", userId: checkedId(userId) }, work),
    asSystem: (reason, work) => run({ role: "legible_system", reason }, work),
  };
}

async function attempt<T>(client: PrismaClient, scope: Scope, work: Work<T>, log: Log): Promise<T> {
  const mark = { open: true };
  const startedAt = performance.now();
  try {
    return await client.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT set_config('role', ${scope.role}, true),
          set_config('app.user_id', ${String(scope.userId ?? "")}, true),
          set_config('app.reason', ${scope.reason ?? ""}, true)`;
        return current.run(mark, () => work(tx));
      },
      { maxWait: waitMs, timeout: lastsMs },
    );
  } finally {
    mark.open = false;
    const ms = Math.round(performance.now() - startedAt);
    if (ms > slowMs) log.warn({ ms, ...scope }, "slow scope");
  }
}

function checkedId(userId: number): number {
  if (!Number.isInteger(userId) || userId <= 0) throw new Error("A scope needs a person's id.");
  return userId;
}
