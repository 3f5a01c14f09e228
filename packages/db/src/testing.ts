// For tests: every suite gets a database of its own, copied from a migrated template in a fraction of a second.
// testing-setup.ts must be a globalSetup of the Vitest configuration.
import { randomUUID } from "node:crypto";
import type { Log } from "@legible/shared/log";
import { Client } from "pg";
import { connectionConfig, type DatabaseAddress } from "./connection.ts";
import { type Database, openAt } from "./database.ts";
import type { User } from "./generated/client.ts";
import { testServerVariable, testTemplate } from "./testing/server.ts";

export type TestDatabase = Database & {
  address: DatabaseAddress;
  /** A person with that role; every call makes another one. */
  createUser(role?: "user" | "admin"): Promise<User>;
  /** Runs SQL as the owner, for whom row-level security does not hold: for looking at what is really there. */
  asOwner<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** The same with a connection, for more than one statement. */
  asOwnerClient<T>(work: (client: Client) => Promise<T>): Promise<T>;
};

/** Says nothing. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * A migrated, empty database with open scopes, queue and doorbell. `close()` ends and drops it.
 * @throws Error when testing-setup.ts did not run.
 */
export async function testDatabase(log: Log = silentLog): Promise<TestDatabase> {
  const address = await testAddress(testTemplate);
  const database = await openAt(address, log);
  return {
    ...database,
    address,
    createUser: (role = "user") =>
      database.asSystem("test", (tx) =>
        tx.user.create({ data: { email: `${randomUUID()}@example.org`, displayName: "Test Person", role } }),
      ),
    asOwner: async <Row extends object>(sql: string, values: unknown[] = []) =>
      withClient(address, async (client) => (await client.query<Row>(sql, values)).rows),
    asOwnerClient: (work) => withClient(address, work),
    async close() {
      await database.close();
      await onServer(`DROP DATABASE "${nameOf(address)}" WITH (FORCE)`);
    },
  };
}

/** A database copied from `template` (template0: an empty one), not opened. It goes when the test server goes. */
export async function testAddress(template: string): Promise<DatabaseAddress> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  // FILE_COPY forces a checkpoint of the whole server; copying through the log suits a template of a few MB.
  await onServer(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY wal_log`);
  return { socketFolder: serverFolder(), database: name };
}

function nameOf(address: DatabaseAddress): string {
  return ("socketFolder" in address ? address.database : undefined) ?? "";
}

function serverFolder(): string {
  const socketFolder = process.env[testServerVariable];
  if (socketFolder === undefined)
    throw new Error("Add @legible/db/testing-setup to globalSetup of the Vitest configuration.");
  return socketFolder;
}

async function onServer(sql: string): Promise<void> {
  await withClient({ socketFolder: serverFolder(), database: "postgres" }, (client) => client.query(sql));
}

async function withClient<T>(address: DatabaseAddress, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connectionConfig(address));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
