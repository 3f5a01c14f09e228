// Everything the process runs, opened in order and closed in reverse. main.ts decides when.
import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { writeAudit } from "@legible/db/audit";
import { type Database, openDatabase } from "@legible/db/database";
import { openSandboxPool, type SandboxPool, type SandboxPoolOptions } from "@legible/ocr/sandbox/pool";
import { createPasswords } from "@legible/ocr/work/passwords";
import { createPreviews } from "@legible/ocr/work/previews";
import { startWorker } from "@legible/ocr/work/worker";
import { autoLanguage } from "@legible/shared/auto-language";
import { openDiskStorage } from "@legible/storage/disk";
import type { Logger } from "pino";
import { createAttempts } from "./auth/attempts.ts";
import { createFirstAdmin } from "./auth/create-first-admin.ts";
import { hashPassword } from "./auth/password-hash.ts";
import { people } from "./auth/people.ts";
import type { Deps } from "./deps.ts";
import { entraKeys } from "./entra/keys.ts";
import { type Env, StartError } from "./env.ts";
import { createRates } from "./rate/rates.ts";
import { startSweeper } from "./retention/sweeper.ts";
import { closeServer, createServer } from "./server.ts";

const pageFolder = join(import.meta.dirname, "../../web/dist");
/** A stream notices the end of its session within this time, ms. */
const streamCheckMs = 5_000;
/** What running pages get to finish before they are handed back, ms; an orderly stop as a whole has 20 s. */
const workerGraceMs = 8_000;
/** What requests in hand get before their connections are closed, ms. */
const requestGraceMs = 5_000;

export type Installation = {
  /** Where it listens, for a browser. */
  address: string;
  /** Finishes requests, hands unfinished pages back, closes everything. */
  stop(): Promise<void>;
};

/** How the children that read differ from the product's: tests give readers that hang, crash and lie. */
export type Readers = Pick<SandboxPoolOptions, "childEntry" | "memoryBytes">;

/** Opens everything and listens. @throws StartError, DatabaseStartError, or the error of listening. */
export async function openInstallation(env: Env, log: Logger, readers: Readers = {}): Promise<Installation> {
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => log.error({ error: String(error) }, "Closing failed."));
    }
  };
  try {
    return await open(env, log, readers, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function open(
  env: Env,
  log: Logger,
  readers: Readers,
  closers: (() => Promise<void>)[],
  closeAll: () => Promise<void>,
) {
  const { dataDir, limits } = env;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const opened = (pool: SandboxPool) => {
    closers.push(() => pool.close());
    return pool;
  };
  const pools = { workRoot: join(dataDir, "work"), log };
  const [storage, sandbox, lookingGlass, database] = await Promise.all([
    openDiskStorage(join(dataDir, "files")),
    openSandboxPool({
      ...pools,
      ...readers,
      size: env.ocrConcurrency,
      languagesDir: join(dataDir, "languages"),
    }).then(opened),
    // Started when somebody first looks at a page.
    openSandboxPool({ ...pools, size: 1 }).then(opened),
    openDatabase({ dataDir, url: env.databaseUrl, log }).then((opened) => {
      // First in, last out: everything else still writes to it while it closes.
      closers.unshift(() => opened.close());
      return opened;
    }),
  ]);
  const installed = await sandbox.languages();
  const missing = env.ocrLanguages.filter((language) => language !== autoLanguage && !installed.includes(language));
  if (missing.length > 0) {
    throw new StartError(
      `OCR_LANGUAGES names ${missing.join(", ")}, but only these are installed: ${installed.join(", ")}.`,
    );
  }
  await firstAdmin(database, env);

  const stopping = new AbortController();
  const passwords = createPasswords();
  const deps: Deps = {
    database,
    storage,
    log,
    limits,
    languages: { installed: () => sandbox.languages(), default: env.ocrLanguages },
    readers: env.worker === "embedded" ? () => ({ alive: sandbox.pids().length, most: env.ocrConcurrency }) : undefined,
    passwords,
    previews: createPreviews({ database, storage, sandbox: lookingGlass, passwords, limits, log }),
    identity: { ...env.identity, keys: entraKeys() },
    attempts: createAttempts(database),
    rates: createRates(database.counters, env.rates),
    reserveBytes: env.reserveBytes,
    streams: new Map(),
    streamCheckMs,
    stopping: stopping.signal,
  };
  if (env.worker === "embedded") {
    const worker = await startWorker({
      ...deps,
      sandbox,
      languagesDir: join(dataDir, "languages"),
      concurrency: env.ocrConcurrency,
    });
    closers.push(() => worker.stop(workerGraceMs));
  }
  const sweeper = startSweeper(deps);
  closers.push(() => sweeper.stop());
  const app = await createServer(deps, {
    pageFolder,
    corsOrigins: env.corsOrigins,
    ...(env.trustProxy === undefined ? {} : { trustProxy: env.trustProxy }),
  });
  closers.push(async () => {
    stopping.abort();
    await closeServer(app, requestGraceMs);
  });
  await app.listen({ host: env.host, port: env.port });
  if (env.worker === "embedded") {
    // In the background: a child that cannot warm up fails again, with its reason, when a page needs it.
    sandbox.warm(env.ocrLanguages).catch((error: unknown) => {
      if (!stopping.signal.aborted) log.warn({ error: String(error) }, "Warming up the engine failed.");
    });
  }
  const { port } = app.server.address() as AddressInfo;
  const host = env.host.includes(":") ? `[${env.host}]` : env.host;
  return { address: `http://${host}:${port}`, stop: closeAll };
}

async function firstAdmin(database: Database, env: Env): Promise<void> {
  if (env.admin === undefined) return;
  const { email, password } = env.admin;
  const anybody = await database.asSystem("first administrator", (tx) =>
    tx.user.findFirst({ where: people, select: { id: true } }),
  );
  if (anybody !== null) return;
  const passwordHash = await hashPassword(password);
  await database.asSystem("first administrator", async (tx) => {
    const admin = await createFirstAdmin(tx, { email, displayName: email.split("@")[0] ?? email, passwordHash });
    if (admin === undefined) return;
    await writeAudit(tx, { action: "setup", outcome: "success", userId: admin.id, details: { from: "environment" } });
  });
}
