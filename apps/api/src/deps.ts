// Everything the server works with, built once by main.ts (or a test) and handed down. Nothing here is read from the environment.
import type { Database } from "@legible/db/database";
import type { Limits } from "@legible/shared/limits";
import type { Log } from "@legible/shared/log";
import type { Storage } from "@legible/storage/storage";

/** Passwords of protected PDFs, by numeric task id. They live in this process's memory only and are gone with it. */
export type PasswordBook = Map<number, string>;

export type Deps = {
  database: Database;
  storage: Storage;
  log: Log;
  limits: Limits;
  languages: {
    /** Names of the installed languages, read at every call: an administrator may drop in a file. */
    installed(): Promise<string[]>;
    /** What a document is read in when its sender chose nothing. */
    default: string[];
  };
  passwords: PasswordBook;
  /** Bytes of storage that uploads leave free, for results and the database. */
  reserveBytes: number;
  /** Aborted when the server stops: open streams end, readiness turns to 503. */
  stopping: AbortSignal;
};
