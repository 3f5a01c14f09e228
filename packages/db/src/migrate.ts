// Brings a database to the state this code expects: Prisma's migrations, then the queue's own schema and its grants.
// Safe to run from several processes at once and as often as one likes.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@legible/shared/log";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { Client, Pool } from "pg";
import { connectionConfig, type DatabaseAddress } from "./connection.ts";
import { codesOf } from "./failure.ts";
import { openMigrationEngine, prismaFolder } from "./migration-engine.ts";
import { migrateQueue } from "./queue/migrate.ts";
import { DatabaseStartError } from "./start-error.ts";

/** Oldest server whose defaults (nobody but the owner creates in schema public) the grants rely on. */
const oldestServer = 150_000;
/** Key of the advisory lock, any number nobody else in the database uses: "legible" in hexadecimal, cut. */
const lockKey = 0x6c656769;

/**
 * Migrates the database at `address`, as its owner.
 * @throws DatabaseStartError when the server is too old, or the database is newer than this code.
 */
export async function migrate(address: DatabaseAddress, log: Log): Promise<void> {
  const lock = new Client(connectionConfig(address));
  // A connection that ends while nothing is asked of it reports here; the next query reports it too.
  lock.on("error", (error) => log.warn({ error: error.message }, "migration lock connection ended"));
  await lock.connect();
  try {
    await assertServerVersion(lock);
    await lock.query("SELECT pg_advisory_lock($1)", [lockKey]);
    const list = await readMigrations();
    const applied = await appliedMigrations(lock);
    assertNotNewer(list, applied);
    if (list.migrationDirectories.some(({ path }) => !applied.includes(path))) {
      log.info({ applied: await applyMigrations(address, list) }, "database migrated");
    }
    await migrateQueue(address, lock, log);
  } finally {
    await lock.end();
  }
}

async function assertServerVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; text: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS text",
  );
  const version = rows[0];
  if (version === undefined || version.number < oldestServer) {
    throw new DatabaseStartError(`PostgreSQL 15 or newer is needed, and the server is ${version?.text ?? "unknown"}.`);
  }
}

/** The migrations folder as the engine wants it. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = join(prismaFolder, "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: await readFile(join(baseDir, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(baseDir, name, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

async function appliedMigrations(client: Client): Promise<string[]> {
  const { rows: found } = await client.query("SELECT to_regclass('public._prisma_migrations') AS name");
  if (found[0]?.name === null) return [];
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM public._prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return rows.map(({ name }) => name);
}

function assertNotNewer(list: MigrationList, applied: string[]): void {
  const known = list.migrationDirectories.map(({ path }) => path);
  const unknown = applied.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new DatabaseStartError(
      `The database was migrated by a newer version of Legible (${unknown}): start that version again.`,
    );
  }
}

/** Applies what is missing of `list`, all of it in one transaction; returns the names. */
export async function applyMigrations(address: DatabaseAddress, list: MigrationList): Promise<string[]> {
  const pool = new Pool({ ...connectionConfig(address), max: 1, idleTimeoutMillis: 0 });
  let failure: unknown;
  try {
    // The pool has one connection, so every statement of the engine joins the transaction begun on it.
    await pool.query("BEGIN");
    const engine = await openMigrationEngine(pool, (error) => {
      failure = error;
    });
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: list,
      filters: { externalTables: [], externalEnums: [] },
    });
    // Nothing but the owner reads the engine's own table; the row-level switch is there for whoever counts tables.
    await pool.query("ALTER TABLE public._prisma_migrations ENABLE ROW LEVEL SECURITY");
    await pool.query("COMMIT");
    engine.free();
    return appliedMigrationNames;
  } catch (error) {
    const cause = failure ?? error;
    if (codesOf(cause).has("42501")) {
      throw new DatabaseStartError(
        "The user of DATABASE_URL may not set the database up: it has to own the database and may need CREATEROLE.",
        { cause },
      );
    }
    throw new DatabaseStartError("The database could not be migrated; nothing was changed.", { cause });
  } finally {
    await pool.end();
  }
}
