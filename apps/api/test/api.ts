// A whole API for a suite: real database, real storage, real HTTP on a free port. No worker: tests move rows themselves.
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestDatabase, testDatabase } from "@legible/db/testing";
import { createPasswords } from "@legible/ocr/work/passwords";
import { defaultLimits } from "@legible/shared/limits";
import { openDiskStorage } from "@legible/storage/disk";
import type { FastifyInstance } from "fastify";
import { createAttempts } from "../src/auth/attempts.ts";
import type { Deps } from "../src/deps.ts";
import { entraKeys } from "../src/entra/keys.ts";
import { createRates, defaultRates } from "../src/rate/rates.ts";
import { closeServer, createServer, type ServerOptions } from "../src/server.ts";
import { openSession } from "../src/session/open.ts";
import { assertNoCanaries, neverLogged, noteAddress, noteFields, noteHeaders } from "./canaries.ts";

export type Person = {
  id: number;
  email: string;
  cookie: string;
  sessionId: number;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  query(procedure: string, input?: unknown): Promise<Response>;
  mutate(procedure: string, input?: unknown): Promise<Response>;
};

export type LogLine = Record<string, unknown> & { message: string };

export type TestApi = {
  deps: Deps;
  database: TestDatabase;
  app: FastifyInstance;
  origin: string;
  folder: string;
  logged: LogLine[];
  stopping: AbortController;
  person(role?: "user" | "admin"): Promise<Person>;
  /** @throws Error when the log holds what it must not (canaries.ts). */
  assertQuiet(): void;
  /** Ends the server, and looks through its log. */
  close(): Promise<void>;
};

export async function testApi(overrides: Partial<Deps> & Partial<ServerOptions> = {}): Promise<TestApi> {
  const { pageFolder, trustProxy, corsOrigins, patience, ...changed } = overrides;
  const folder = await mkdtemp(join(tmpdir(), "legible-api-"));
  const stopping = new AbortController();
  const logged: LogLine[] = [];
  const write = (fields: Record<string, unknown>, message: string) => void logged.push({ ...fields, message });
  const assertQuiet = () => assertNoCanaries(logged.map((line) => JSON.stringify(line)).join("\n"));
  const log = { info: write, warn: write, error: write };
  const database = await testDatabase(log);
  const deps: Deps = {
    database,
    storage: await openDiskStorage(join(folder, "files")),
    log,
    limits: { ...defaultLimits, fileBytes: 1_000_000 },
    languages: { installed: async () => ["eng", "jpn"], default: ["eng"] },
    readers: undefined,
    passwords: createPasswords(),
    // Suites that look at pages bring a sandbox of their own.
    previews: { ensure: () => Promise.reject(new Error("No sandbox in this suite.")) },
    identity: { localAccounts: true, entra: undefined, keys: entraKeys(), adminEmails: [] },
    attempts: createAttempts(database),
    rates: createRates(database.counters, defaultRates),
    reserveBytes: 0,
    streams: new Map(),
    streamCheckMs: 50,
    stopping: stopping.signal,
    ...changed,
  };
  const app = await createServer(deps, {
    pageFolder: pageFolder ?? join(folder, "no-page"),
    ...(trustProxy === undefined ? {} : { trustProxy }),
    ...(corsOrigins === undefined ? {} : { corsOrigins }),
    ...(patience === undefined ? {} : { patience }),
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    deps,
    database,
    app,
    origin,
    folder,
    logged,
    stopping,
    assertQuiet,
    async person(role) {
      const user = await database.createUser(role);
      const facts = { id: "test", address: "127.0.0.1", userAgent: "test" };
      const tokens = await database.asSystem("test", (tx) => openSession(tx, user.id, facts));
      const session = await database.asSystem("test", (tx) =>
        tx.session.findFirstOrThrow({ where: { userId: user.id } }),
      );
      neverLogged("email", user.email);
      const cookie = `legible_session=${tokens.access}; legible_refresh=${tokens.refresh}`;
      return { id: user.id, email: user.email, cookie, sessionId: session.id, ...callers(origin, cookie) };
    },
    async close() {
      stopping.abort();
      await closeServer(app, 1_000);
      await database.close();
      await rm(folder, { recursive: true, force: true });
      assertQuiet();
    },
  };
}

/** Calls with (or, for "", without) cookies, as a browser on our own page makes them, or with a token. */
export function callers(origin: string, cookie: string, token?: string): Pick<Person, "fetch" | "query" | "mutate"> {
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (cookie !== "" && !headers.has("cookie")) headers.set("cookie", cookie);
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    if (!headers.has("origin")) headers.set("origin", origin);
    const address = new URL(path, origin);
    noteHeaders(headers);
    noteAddress(address);
    if (typeof init.body === "string") noteFields(init.body);
    const answer = await fetch(address, { ...init, headers });
    noteHeaders(answer.headers);
    return answer;
  };
  return {
    fetch: send,
    query: (procedure, input) =>
      send(`/trpc/${procedure}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`),
    mutate: (procedure, input) =>
      send(`/trpc/${procedure}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(input === undefined ? {} : { body: JSON.stringify(input) }),
      }),
  };
}

/** The data of a successful tRPC answer. */
export async function data<T>(response: Response | Promise<Response>): Promise<T> {
  const body = (await (await response).json()) as { result?: { data: T } };
  if (body.result === undefined) throw new Error(`The call failed: ${JSON.stringify(body)}`);
  return body.result.data;
}

/** Status and code of a refused call, whichever door it came by. */
export async function refusal(response: Response | Promise<Response>): Promise<{ status: number; code: string }> {
  const answer = await response;
  const body = (await answer.json()) as { error?: { code: string | number; data?: { appCode: string } } };
  return { status: answer.status, code: body.error?.data?.appCode ?? String(body.error?.code) };
}
