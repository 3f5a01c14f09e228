// A PostgreSQL that the operator looks after, for a server that is told of it by DATABASE_URL: nobody but the test starts it and stops it.
import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { chooseAccount } from "@legible/db/embedded/account";
import { findBinaries } from "@legible/db/embedded/binaries";
import { createFolder } from "@legible/db/embedded/folder";
import { startServer, stopServer } from "@legible/db/embedded/process";

export type OperatorDatabase = {
  /** For DATABASE_URL: the same after every start. */
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and takes its socket away; its files are the caller's. */
  close(): Promise<void>;
};

/** Makes one in a folder of its own below `root`, and starts it. */
export async function operatorDatabase(root: string): Promise<OperatorDatabase> {
  const folder = join(root, "operator");
  mkdirSync(root, { recursive: true });
  const binaries = findBinaries();
  const account = chooseAccount(folder, undefined);
  await createFolder(folder, account, binaries);
  const installation = { folder, account, binaries };
  const socketFolder = await startServer(installation, {});
  const stop = async () => {
    const { code, output } = await stopServer(installation);
    if (code !== 0) throw new Error(`PostgreSQL did not stop: ${output}`);
  };
  return {
    url: `postgresql://legible@localhost/postgres?host=${encodeURIComponent(socketFolder)}`,
    async start() {
      await startServer(installation, {}, socketFolder);
    },
    stop,
    async close() {
      await stop();
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}
