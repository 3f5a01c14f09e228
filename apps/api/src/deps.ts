// Everything the server works with, built once by main.ts (or a test) and handed down. Nothing here is read from the environment.
import type { Database } from "@legible/db/database";
import type { Passwords } from "@legible/ocr/work/passwords";
import type { Previews } from "@legible/ocr/work/previews";
import type { Limits } from "@legible/shared/limits";
import type { Log } from "@legible/shared/log";
import type { Storage } from "@legible/storage/storage";
import type { Attempts } from "./auth/attempts.ts";
import type { Identity } from "./entra/settings.ts";
import type { Rates } from "./rate/rates.ts";

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
  /** How many processes read pages here, and how many may at once; undefined where the worker is off. */
  readers: (() => { alive: number; most: number }) | undefined;
  /** PDF passwords, in memory only; the worker in this process reads them. */
  passwords: Passwords;
  /** Pictures of pages. */
  previews: Previews;
  /** How people prove who they are. */
  identity: Identity;
  /** The brake on guessing passwords. */
  attempts: Attempts;
  /** How many calls may come in a minute. */
  rates: Rates;
  /** Bytes of storage that uploads leave free, for results and the database. */
  reserveBytes: number;
  /** Open streams by user id. */
  streams: Map<number, number>;
  /** How often an open stream asks whether its session still lives, ms. */
  streamCheckMs: number;
  /** Aborted when the server stops: open streams end, readiness turns to 503. */
  stopping: AbortSignal;
};

/** What comparing rows with storage takes. */
export type StoredDeps = Pick<Deps, "database" | "storage" | "log">;
