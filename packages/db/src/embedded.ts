// The embedded database: a real PostgreSQL in DATA_DIR/db on a private socket, for installations without a server of their
// own. It outlives a killed process and is adopted by the next one; when it ends by itself, it is started again.
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Log } from "@legible/shared/log";
import { chooseAccount } from "./embedded/account.ts";
import { findBinaries } from "./embedded/binaries.ts";
import { assertFolderVersion, createFolder, dropEmptyFolder } from "./embedded/folder.ts";
import { keepRunning } from "./embedded/keep-running.ts";
import { takeLock } from "./embedded/lock.ts";
import { runningSocket, startServer, stopServer } from "./embedded/process.ts";

/** A running embedded server. `adopted`: it was left running by a process that was killed. */
export type EmbeddedServer = { socketFolder: string; adopted: boolean; stop(): Promise<void> };

/**
 * Creates, starts or adopts the embedded server of `dataDir`, which is made when absent. `extra` are further settings of
 * the server; an adopted one keeps those it was started with.
 * @throws DatabaseStartError when the folder is in use, belongs to somebody else, is of another version, or cannot be started.
 */
export async function startEmbedded(
  dataDir: string,
  log: Log,
  extra: Record<string, string> = {},
): Promise<EmbeddedServer> {
  const root = resolve(dataDir);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const releaseLock = takeLock(root);
  try {
    const folder = join(root, "db");
    dropEmptyFolder(folder);
    const binaries = findBinaries();
    const account = chooseAccount(folder, statSync(folder, { throwIfNoEntry: false }));
    const installation = { folder, account, binaries };
    if (existsSync(folder)) {
      assertFolderVersion(folder, binaries);
    } else {
      log.info({ folder }, "creating the embedded database");
      await createFolder(folder, account, binaries);
    }
    const running = await runningSocket(installation);
    const socketFolder = running ?? (await startServer(installation, extra));
    const adopted = running !== undefined;
    log.info({ adopted }, "embedded database is running");
    const keeper = keepRunning(installation, socketFolder, extra, log);
    return {
      socketFolder,
      adopted,
      async stop() {
        await keeper.stop();
        const { code, output } = await stopServer(installation);
        if (code !== 0) log.warn({ output }, "embedded database did not stop cleanly");
        rmSync(socketFolder, { recursive: true, force: true });
        releaseLock();
      },
    };
  } catch (error) {
    releaseLock();
    throw error;
  }
}
