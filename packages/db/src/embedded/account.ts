// PostgreSQL refuses to run as root. This decides which account runs it, and how programs are started as that account.
import { accessSync, constants, readFileSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseStartError } from "../start-error.ts";

/** The account the server runs under; `switched` when it is not the account of this process. */
export type Account = { uid: number; gid: number; switched: boolean };

/** Unprivileged accounts of a machine, best first. */
const candidates = ["postgres", "nobody"];

/**
 * Chooses the account for the database folder. `owner` is the folder's owner, or undefined when it does not exist yet.
 * @throws DatabaseStartError when the folder belongs to somebody this process cannot act for.
 */
export function chooseAccount(
  folder: string,
  owner: Pick<Stats, "uid" | "gid"> | undefined,
  self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
): Account {
  if (self.uid !== 0) {
    if (owner !== undefined && owner.uid !== self.uid) {
      throw new DatabaseStartError(
        `The database folder ${folder} belongs to another user (uid ${owner.uid}): start Legible as that user, or choose another DATA_DIR.`,
      );
    }
    return { ...self, switched: false };
  }
  if (owner === undefined) return { ...unprivilegedAccount(), switched: true };
  if (owner.uid === 0) {
    throw new DatabaseStartError(
      `The database folder ${folder} belongs to root, under whom PostgreSQL refuses to run: give it to an unprivileged user with chown -R.`,
    );
  }
  return { uid: owner.uid, gid: owner.gid, switched: true };
}

function unprivilegedAccount(): { uid: number; gid: number } {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of candidates) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new DatabaseStartError(
    "PostgreSQL refuses to run as root and there is no account named postgres or nobody: start Legible as an unprivileged user.",
  );
}

/**
 * The command that runs `program` as `account`, to be spawned by this process. When a folder above one of `paths` is closed
 * to the account (root's home, say), the program keeps the one capability that lets it pass.
 * @throws DatabaseStartError when that is needed and not possible here.
 */
export function commandAs(account: Account, program: string, args: string[], paths: string[]) {
  if (!account.switched) return { command: program, args, options: {} };
  const closed = paths.map((path) => closedFolder(path, account)).find((folder) => folder !== undefined);
  if (closed === undefined) return { command: program, args, options: { uid: account.uid, gid: account.gid } };
  const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find(isProgram);
  const capability = passingCapability();
  if (setpriv === undefined || capability === undefined) {
    throw new DatabaseStartError(
      `The folder ${closed} is closed to the account that runs the database (uid ${account.uid}): choose a DATA_DIR elsewhere, or start Legible as an unprivileged user.`,
    );
  }
  const switches = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  const keep = [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`];
  return { command: setpriv, args: [...switches, ...keep, "--", program, ...args], options: {} };
}

/** The topmost folder at or above `path` that `account` may not pass through. */
function closedFolder(path: string, account: Account): string | undefined {
  const parent = dirname(path);
  const above = parent === path ? undefined : closedFolder(parent, account);
  if (above !== undefined) return above;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory()) return undefined;
  const bit = stats.uid === account.uid ? 0o100 : stats.gid === account.gid ? 0o010 : 0o001;
  return (stats.mode & bit) === 0 ? path : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The weakest capability this process has that opens closed folders. Bits from linux/capability.h: 2 passes and reads,
 * 1 writes too; containers usually have only the latter.
 */
function passingCapability(): "dac_read_search" | "dac_override" | undefined {
  const permitted = /^CapPrm:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const bits = BigInt(`0x${permitted ?? "0"}`);
  if ((bits & (1n << 2n)) !== 0n) return "dac_read_search";
  if ((bits & (1n << 1n)) !== 0n) return "dac_override";
  return undefined;
}
