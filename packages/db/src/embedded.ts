// The embedded database: a real PostgreSQL in DATA_DIR/db on a private socket, for installations without a server of their
// own. It outlives a killed process and is adopted by the next one.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { embeddedPort, embeddedUser } from "./connection.ts";
import { type Account, chooseAccount } from "./embedded/account.ts";
import { type Binaries, findBinaries } from "./embedded/binaries.ts";
import { takeLock } from "./embedded/lock.ts";
import { runAs } from "./embedded/run.ts";
import type { Log } from "./log.ts";
import { DatabaseStartError } from "./start-error.ts";

/** A running embedded server. `adopted`: it was left running by a process that was killed. */
export type EmbeddedServer = { socketFolder: string; adopted: boolean; stop(): Promise<void> };

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
  // One office writes little; smaller segments of log keep the folder small.
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
    const binaries = findBinaries();
    const folder = join(root, "db");
    dropEmptyFolder(folder);
    const account = chooseAccount(folder, statSync(folder, { throwIfNoEntry: false }));
    if (existsSync(folder)) assertVersion(folder, binaries);
    else await createFolder(folder, account, binaries, log);
    const running = await runningSocket(folder, account, binaries);
    const socketFolder = running ?? (await startServer(folder, account, binaries, extra));
    log.info({ adopted: running !== undefined }, "embedded database is running");
    return {
      socketFolder,
      adopted: running !== undefined,
      async stop() {
        await stopServer(folder, account, binaries, log);
        rmSync(socketFolder, { recursive: true, force: true });
        releaseLock();
      },
    };
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/** An empty folder (a volume just mounted, say) is as good as none. */
function dropEmptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

function assertVersion(folder: string, binaries: Binaries): void {
  const file = join(folder, "PG_VERSION");
  if (!existsSync(file)) {
    throw new DatabaseStartError(
      `The folder ${folder} holds files but no database: move them away or choose another DATA_DIR.`,
    );
  }
  const version = readFileSync(file, "utf8").trim();
  if (Number(version) > binaries.major) {
    throw new DatabaseStartError(
      `The database folder ${folder} was made by a newer version (PostgreSQL ${version}, this one has ${binaries.major}): start the newer Legible again.`,
    );
  }
  if (Number(version) !== binaries.major) {
    throw new DatabaseStartError(
      `The database folder ${folder} is of PostgreSQL ${version} and this version has ${binaries.major}: dump it with the older Legible and restore it here.`,
    );
  }
}

/** Made aside and renamed, so that a process killed half-way leaves no half a database. */
async function createFolder(folder: string, account: Account, binaries: Binaries, log: Log): Promise<void> {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (account.switched) chownSync(draft, account.uid, account.gid);
  log.info({ folder }, "creating the embedded database");
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  // Trust: only this account and root reach the socket, whose folder is closed to everybody else.
  const access = [`--username=${embeddedUser}`, "--auth-local=trust", "--auth-host=reject"];
  const { code, output } = await runAs(account, binaries.initdb, ["-D", draft, ...locale, ...access], [draft]);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new DatabaseStartError(`The embedded database could not be created in ${folder}: ${lastLine(output)}`);
  }
  renameSync(draft, folder);
}

/** The socket folder of the server that is running on `folder`, if one is and can be reached. */
async function runningSocket(folder: string, account: Account, binaries: Binaries): Promise<string | undefined> {
  const { code } = await runAs(account, binaries.pgCtl, ["status", "-D", folder], [folder]);
  if (code !== 0) return undefined;
  // Lines of postmaster.pid: pid, folder, start, port, socket folder, address, memory key, state.
  const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
  const socketFolder = lines[4]?.trim() ?? "";
  const isReady = lines[7]?.trim() === "ready";
  if (isReady && existsSync(join(socketFolder, `.s.PGSQL.${embeddedPort}`))) return socketFolder;
  // It is starting or ending, or its socket was swept away: end it and begin anew.
  await runAs(account, binaries.pgCtl, ["stop", "-D", folder, "-m", "fast", "-w", "-t", "60"], [folder]);
  return undefined;
}

async function startServer(
  folder: string,
  account: Account,
  binaries: Binaries,
  extra: Record<string, string>,
): Promise<string> {
  const socketFolder = makeSocketFolder(account);
  const options = Object.entries({ ...settings, ...extra, unix_socket_directories: socketFolder })
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(" ");
  // -w waits until it answers; recovery after a power cut may take a while.
  const wait = ["-w", "-t", "120"];
  const startLog = join(folder, "start.log");
  rmSync(startLog, { force: true });
  const args = ["start", "-D", folder, ...wait, "-l", startLog, "-o", options];
  const { code, output } = await runAs(account, binaries.pgCtl, args, [folder]);
  if (code !== 0) {
    rmSync(socketFolder, { recursive: true, force: true });
    const reason = existsSync(startLog) ? readFileSync(startLog, "utf8") : output;
    throw new DatabaseStartError(`The embedded database in ${folder} did not start: ${lastLine(reason)}`);
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

async function stopServer(folder: string, account: Account, binaries: Binaries, log: Log): Promise<void> {
  // fast: ends open transactions, writes a checkpoint; what was acknowledged stays.
  const args = ["stop", "-D", folder, "-m", "fast", "-w", "-t", "60"];
  const { code, output } = await runAs(account, binaries.pgCtl, args, [folder]);
  if (code !== 0) log.warn({ output }, "embedded database did not stop cleanly");
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
