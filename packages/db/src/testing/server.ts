// The one database server of a test run, shared by every Vitest project that asks for it.
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { connectionConfig } from "../connection.ts";
import { startEmbedded } from "../embedded.ts";
import { migrate } from "../migrate.ts";
import { DatabaseStartError } from "../start-error.ts";

/** Tells the test workers where the server's socket is; they inherit it. */
export const testServerVariable = "LEGIBLE_TEST_SOCKET_FOLDER";
/** Name of the migrated, empty database that every test copies. */
export const testTemplate = "legible_template";

const warn = (fields: Record<string, unknown>, message: string) =>
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const log = { debug: () => undefined, info: () => undefined, warn, error: warn };

/** Test data may be lost with the machine, and many suites with a pool each are open at once. */
const testSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };

const folderPrefix = "legible-test-";

/** Ends the servers of test runs that were killed; one whose run is alive refuses and is left alone. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const dataDir = join(tmpdir(), name);
    if (!name.startsWith(folderPrefix) || !existsSync(join(dataDir, "db", "postmaster.pid"))) continue;
    try {
      await (await startEmbedded(dataDir, log)).stop();
      await rm(dataDir, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof DatabaseStartError)) throw error;
    }
  }
}

/** Starts the server in a temporary folder and makes the template; returns the socket folder and how to remove it all. */
export async function startTestServer(): Promise<{ socketFolder: string; stop(): Promise<void> }> {
  await sweep();
  const dataDir = await mkdtemp(join(tmpdir(), folderPrefix));
  const server = await startEmbedded(dataDir, log, testSettings);
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const client = new Client({ ...connectionConfig(server), database: "postgres" });
    await client.connect();
    await client.query(`CREATE DATABASE ${testTemplate}`);
    await client.end();
    await migrate({ socketFolder: server.socketFolder, database: testTemplate }, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { socketFolder: server.socketFolder, stop };
}
