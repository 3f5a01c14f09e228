// Opens everything behind the rows: the embedded server or yours, its migrations, the scopes, the queue, the doorbell and the counters.

import type { Log } from "@legible/shared/log";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client } from "pg";
import { connectionConfig, type DatabaseAddress, embeddedDatabase } from "./connection.ts";
import { type Counters, openCounters } from "./counters.ts";
import { type Doorbell, openDoorbell } from "./doorbell.ts";
import { type EmbeddedServer, startEmbedded } from "./embedded.ts";
import { isUnavailable } from "./failure.ts";
import { PrismaClient } from "./generated/client.ts";
import { migrate } from "./migrate.ts";
import { releaseLeases } from "./page/lease.ts";
import { requeueAll } from "./queue/requeue.ts";
import { openQueue, type Queue } from "./queue.ts";
import { createScopes, type Scopes } from "./scopes.ts";
import { DatabaseStartError } from "./start-error.ts";

export type Database = Scopes & {
  /** True for the server in DATA_DIR, false for one of the operator's. */
  embedded: boolean;
  queue: Queue;
  doorbell: Doorbell;
  counters: Counters;
  /** Whether the database answers within two seconds. Never throws. */
  ready(): Promise<boolean>;
  /** Ends the queue, the connections and the embedded server; the second call waits for the first. */
  close(): Promise<void>;
};

/** Connections of the scopes in one process; the embedded server has 60 for pool, queue, doorbell and tests. */
const poolSize = 20;
const readyMs = 2_000;

/**
 * Opens the database, migrated. Without `url` the embedded server in `dataDir` is started or adopted.
 * @throws DatabaseStartError with one sentence for the operator when it cannot be used.
 */
export async function openDatabase(options: {
  dataDir: string;
  url?: string | undefined;
  log: Log;
}): Promise<Database> {
  const { url, log } = options;
  if (url !== undefined) return openAt({ url }, log);
  const server = await startEmbedded(options.dataDir, log);
  try {
    await createDatabase(server);
    return await openAt(server, log, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Opens the database at `address`; `server` is stopped with it. */
export async function openAt(address: DatabaseAddress, log: Log, server?: EmbeddedServer): Promise<Database> {
  await reachable(() => migrate(address, log));
  // The only process of an embedded installation has just started: whatever seems to be running is not.
  if (server !== undefined) {
    const jobs = await requeueAll(address);
    if (jobs > 0) log.info({ jobs }, "jobs of the last run are waiting again");
  }
  const onError = (error: Error) => log.warn({ error: error.message }, "database connection");
  const adapter = new PrismaPg(
    { ...connectionConfig(address, "legible_login"), max: poolSize, application_name: "legible" },
    { onPoolError: onError, onConnectionError: onError },
  );
  const client = new PrismaClient({ adapter });
  await assertHarmlessLogin(client);
  const scopes = createScopes(client, log);
  if (server !== undefined) await scopes.asSystem("release the leases of the last run", releaseLeases);
  const doorbell = await openDoorbell(address, log);
  const queue = await openQueue(address, log);
  const counters = openCounters(address, log);
  const close = async () => {
    await queue.stop({ graceMs: 0 });
    await doorbell.close();
    await counters.close();
    await client.$disconnect();
    await server?.stop();
  };
  let closing: Promise<void> | undefined;

  return {
    ...scopes,
    embedded: server !== undefined,
    queue,
    doorbell,
    counters,
    async ready() {
      const probe = client.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      );
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<false>((resolve) => {
        timer = setTimeout(resolve, readyMs, false);
      });
      return Promise.race([probe, tooLate]).finally(() => clearTimeout(timer));
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** A query outside a scope must find nothing: the connection has to wake up in the role that may read nothing. */
async function assertHarmlessLogin(client: PrismaClient): Promise<void> {
  const [row] = await client.$queryRaw<{ role: string }[]>`SELECT current_user::text AS role`;
  if (row?.role !== "legible_login") {
    throw new DatabaseStartError(
      "The database ignores the role its connections ask for (a pooler in between may do that): connect to PostgreSQL directly.",
    );
  }
}

async function createDatabase(server: EmbeddedServer): Promise<void> {
  const client = new Client({ ...connectionConfig(server), database: "postgres" });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [embeddedDatabase]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${embeddedDatabase}`);
  } finally {
    await client.end();
  }
}

async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DatabaseStartError || !isUnavailable(cause)) throw cause;
    throw new DatabaseStartError("The database cannot be reached: check DATABASE_URL and that the server is running.", {
      cause,
    });
  }
}
