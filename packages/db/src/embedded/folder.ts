// The database folder of an embedded installation: is it one this version can use, and how it is made.
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { embeddedUser } from "../connection.ts";
import { DatabaseStartError } from "../start-error.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { runAs } from "./run.ts";

/** An empty folder (a volume just mounted, say) is as good as none. */
export function dropEmptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

/** @throws DatabaseStartError when `folder` is no database of the version of `binaries`. */
export function assertFolderVersion(folder: string, binaries: Binaries): void {
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

/**
 * Makes the folder aside and renames it, so that a process killed half-way leaves no half a database.
 * @throws DatabaseStartError with initdb's reason.
 */
export async function createFolder(folder: string, account: Account, binaries: Binaries): Promise<void> {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (account.switched) chownSync(draft, account.uid, account.gid);
  // The locale is PostgreSQL's own, so that an update of the machine's C library never changes the order of an index.
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  // Trust: only this account and root reach the socket, whose folder is closed to everybody else.
  const access = [`--username=${embeddedUser}`, "--auth-local=trust", "--auth-host=reject"];
  const { code, output } = await runAs(account, binaries.initdb, ["-D", draft, ...locale, ...access], [draft]);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new DatabaseStartError(
      `The embedded database could not be created in ${folder}: ${output.split("\n").at(-1) ?? ""}`,
    );
  }
  renameSync(draft, folder);
}
