// What every job of the worker is given. Nothing here is created by a job.
import type { Database } from "@legible/db/database";
import type { Limits } from "@legible/shared/limits";
import type { Log } from "@legible/shared/log";
import type { Storage } from "@legible/storage/storage";
import type { SandboxPool } from "../sandbox/pool.ts";
import type { Passwords } from "./passwords.ts";

export type WorkDeps = {
  database: Database;
  storage: Storage;
  sandbox: SandboxPool;
  limits: Limits;
  passwords: Passwords;
  /** Folder of language files that an administrator dropped in. */
  languagesDir?: string;
  log: Log;
};
