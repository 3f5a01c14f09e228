// Starting, finding and ending the server process on a database folder.
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedPort } from "../connection.ts";
import { DatabaseStartError } from "../start-error.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { type Outcome, runAs } from "./run.ts";

/** A database folder, who runs its server, and with what. */
export type Installation = { folder: string; account: Account; binaries: Binaries };

/** Longest path of a Unix socket, bytes: 108 on Linux and 104 on macOS, less the ending zero. */
const socketPathBytes = 103;

/** For a machine of 1–2 GB that also reads pages. Durability (fsync, synchronous_commit) stays as PostgreSQL ships it. */
const settings: Record<string, string> = {
  listen_addresses: "",
  port: String(embeddedPort),
  unix_socket_permissions: "0700",
  max_connections: "60",
  shared_buffers: "64MB",
  jit: "off",
  // One office writes little; a smaller log keeps the folder small.
  max_wal_size: "256MB",
  timezone: "UTC",
  log_timezone: "UTC",
  logging_collector: "on",
  log_directory: "log",
  // Seven files at most, one a weekday, each begun anew.
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  // Statements may carry file names of people.
  log_min_error_statement: "panic",
};

function pgCtl({ folder, account, binaries }: Installation, verb: string, ...args: string[]): Promise<Outcome> {
  return runAs(account, binaries.pgCtl, [verb, "-D", folder, ...args], [folder]);
}

/** The socket folder of the server that is running on the folder, if one is and can be reached. */
export async function runningSocket(installation: Installation): Promise<string | undefined> {
  const { code } = await pgCtl(installation, "status");
  if (code !== 0) return undefined;
  // Lines of postmaster.pid: pid, folder, start, port, socket folder, address, memory key, state.
  const pidFile = join(installation.folder, "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  if (!isPostgres(Number(lines[0]))) {
    // The server died with its machine, and another program has its number now. pg_ctl cannot tell, and would refuse.
    rmSync(pidFile);
    return undefined;
  }
  const socketFolder = lines[4]?.trim() ?? "";
  const isReady = lines[7]?.trim() === "ready";
  if (isReady && existsSync(join(socketFolder, `.s.PGSQL.${embeddedPort}`))) return socketFolder;
  // It is starting or ending, or its socket was swept away: end it and begin anew.
  await stopServer(installation);
  return undefined;
}

/** Whether the process is a PostgreSQL server. */
export function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0]?.endsWith("postgres") ?? false;
  } catch {
    return process.platform !== "linux"; // no /proc: pg_ctl's word has to do
  }
}

/**
 * Starts the server and waits until it answers; returns its socket folder, a new one unless one is given.
 * @throws DatabaseStartError with its reason.
 */
export async function startServer(
  installation: Installation,
  extra: Record<string, string>,
  given?: string,
): Promise<string> {
  const socketFolder = given ?? makeSocketFolder(installation.account);
  const options = Object.entries({ ...settings, ...extra, unix_socket_directories: socketFolder })
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(" ");
  const startLog = join(installation.folder, "start.log");
  rmSync(startLog, { force: true });
  // Recovery after a power cut may take a while: seconds to wait.
  const { code, output } = await pgCtl(installation, "start", "-w", "-t", "120", "-l", startLog, "-o", options);
  if (code !== 0) {
    if (given === undefined) rmSync(socketFolder, { recursive: true, force: true });
    const reason = existsSync(startLog) ? readFileSync(startLog, "utf8") : output;
    throw new DatabaseStartError(
      `The embedded database in ${installation.folder} did not start: ${reason.trim().split("\n").at(-1) ?? ""}`,
    );
  }
  return socketFolder;
}

function makeSocketFolder(account: Account): string {
  const file = `/legible-XXXXXX/.s.PGSQL.${embeddedPort}.lock`;
  const parent = [tmpdir(), "/tmp"].find((path) => Buffer.byteLength(path + file) <= socketPathBytes) ?? "/tmp";
  const folder = mkdtempSync(join(parent, "legible-"));
  chmodSync(folder, 0o700);
  if (account.switched) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** Ends open transactions, writes a checkpoint and ends the server; what was acknowledged stays. */
export function stopServer(installation: Installation): Promise<Outcome> {
  return pgCtl(installation, "stop", "-m", "fast", "-w", "-t", "60");
}
