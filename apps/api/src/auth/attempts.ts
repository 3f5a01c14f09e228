// A brake on guessing passwords, shared by every server on the database: failed sign-ins are counted by account and by address, and each
// one beyond the first few makes the next wait longer. docs/decisions/0025-sign-in-attempts.md says why it is built like this.
import { createHash } from "node:crypto";
import type { Database } from "@legible/db/database";
import type { Tx } from "@legible/db/scopes";
import { sql } from "@legible/db/sql";
import type { RequestFacts } from "../context.ts";
import { addressKey } from "../rate/address-key.ts";
import { tooMany } from "../rate/rates.ts";

/** Failures without a wait. An office may stand behind one address. */
export const freeFailures = { account: 10, address: 50 };
/** The first wait, doubled by every further failure up to the longest, s. */
const firstWaitSeconds = 30;
const longestWaitSeconds = 15 * 60;
/** After this time without a failure all of them are forgotten, hours. */
const forgetHours = 24;
/** How long an account is known at an address after a sign-in there, days. */
const knownDays = 90;

type Request = Pick<RequestFacts, "address">;

export type Attempts = {
  /**
   * Counts an attempt before its password is checked. Without `account` only the address counts. `onFirstRefusal` runs in the transaction
   * of the first attempt that is refused in a wait.
   * @throws AppError RATE_LIMITED with details.retryAfterSeconds.
   */
  take(request: Request, account: string | undefined, onFirstRefusal?: (tx: Tx) => Promise<void>): Promise<void>;
  /** Takes back what was counted for this account from this address, in the transaction that lets the person in. */
  forgive(tx: Tx, request: Request, account: string | undefined): Promise<void>;
};

type Row = { key: string; failures: number; waitMs: number; noted: boolean; known: boolean };

export function createAttempts(database: Pick<Database, "asSystem">, free = freeFailures): Attempts {
  return {
    async take(request, account, onFirstRefusal) {
      const keys = keysOf(request, account);
      const waitMs = await database.asSystem("count a sign-in", async (tx) => {
        const rows = await lockRows(tx, keys);
        const counted = asked(rows, keys);
        const refusing = counted.filter(({ waitMs }) => waitMs > 0);
        if (refusing.length > 0) {
          if (refusing.every(({ noted }) => !noted)) await onFirstRefusal?.(tx);
          await note(tx, refusing);
          return Math.max(...refusing.map((row) => row.waitMs));
        }
        for (const { key, failures } of counted) {
          await count(tx, key, failures + 1, key === keys.address ? free.address : free.account);
        }
        return 0;
      });
      if (waitMs > 0) throw tooMany(waitMs);
    },
    async forgive(tx, request, account) {
      const keys = keysOf(request, account);
      const rows = asked(await lockRows(tx, keys), keys);
      const mine = rows.find(({ key }) => key === keys.pair)?.failures ?? 1;
      await tx.$executeRaw`
        UPDATE legible_sign_in_attempts SET failures = greatest(0, failures - ${mine}::int), next_at = NULL, noted = false
        WHERE key IN (${sql.join(rows.map(({ key }) => key))})`;
      if (keys.pair === undefined) return;
      await tx.$executeRaw`
        UPDATE legible_sign_in_attempts SET known_until = now() + make_interval(days => ${knownDays}::int)
        WHERE key = ${keys.pair}`;
    },
  };
}

/** `pair`: this account from this address. */
type Keys = { address: string; account?: string; pair?: string };

function keysOf(request: Request, account: string | undefined): Keys {
  const from = addressKey(request.address);
  const address = hashed("address", from);
  if (account === undefined) return { address };
  return { address, account: hashed("account", account), pair: hashed("pair", `${from} ${account}`) };
}

function hashed(kind: string, text: string): string {
  return `${kind} ${createHash("sha256").update(text).digest("base64url")}`;
}

function listOf(keys: Keys): string[] {
  return Object.values(keys).sort();
}

/** The rows of `keys`, made where they are missing, locked until the transaction ends: attempts at the same moment come one after another. */
async function lockRows(tx: Tx, keys: Keys): Promise<Row[]> {
  const list = listOf(keys);
  await tx.$executeRaw`
    INSERT INTO legible_sign_in_attempts (key) VALUES ${sql.join(list.map((key) => sql.sql`(${key})`))} ON CONFLICT DO NOTHING`;
  return tx.$queryRaw<Row[]>`
    SELECT key, CASE WHEN forget_at > now() THEN failures ELSE 0 END AS failures, noted,
      coalesce(greatest(0, ceil(extract(epoch FROM next_at - now()) * 1000)), 0)::int AS "waitMs", coalesce(known_until > now(), false) AS known
    FROM legible_sign_in_attempts WHERE key IN (${sql.join(list)}) ORDER BY key FOR UPDATE`;
}

/**
 * The rows that count. Where a person has signed in before, it is only what was tried at that account from that very address: nobody
 * elsewhere can keep them out.
 */
function asked(rows: Row[], keys: Keys): Row[] {
  const pair = rows.find(({ key }) => key === keys.pair);
  return pair?.known === true ? [pair] : rows;
}

async function note(tx: Tx, rows: Row[]): Promise<void> {
  const fresh = rows.filter(({ noted }) => !noted).map(({ key }) => key);
  if (fresh.length === 0) return;
  await tx.$executeRaw`UPDATE legible_sign_in_attempts SET noted = true WHERE key IN (${sql.join(fresh)})`;
}

async function count(tx: Tx, key: string, failures: number, free: number): Promise<void> {
  const seconds = waitSeconds(failures, free);
  await tx.$executeRaw`
    UPDATE legible_sign_in_attempts
    SET failures = ${failures}::int, next_at = now() + make_interval(secs => ${seconds}::float8), noted = false,
      forget_at = now() + make_interval(hours => ${forgetHours}::int)
    WHERE key = ${key}`;
}

/** How long after `failures` of them the next attempt may come, s; null: at once. */
function waitSeconds(failures: number, free: number): number | null {
  if (failures < free) return null;
  return Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures - free));
}
