// The process as an operator meets it: settings, one line, signals. Embedded database and everything; no documents.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "../src/env.ts";

const main = join(import.meta.dirname, "../src/main.ts");
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "legible-start-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

type Process = { child: ChildProcess; output: { stdout: string; stderr: string }; ended: Promise<number | null> };

function run(settings: Record<string, string>): Process {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", DATA_DIR: dataDir, PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output, ended: new Promise((resolve) => child.once("close", resolve)) };
}

test.each([
  ["PORT", "eighty", "PORT must be a number from 0 to 65535."],
  ["PORT", "70000", "PORT must be a number from 0 to 65535."],
  ["DATABASE_URL", "mysql://root:S3CRET@x/y", /^DATABASE_URL must be a PostgreSQL address/u],
  [
    "STORAGE_URL",
    "s3://bucket",
    "STORAGE_URL must be unset for now: files are kept in DATA_DIR/files, and s3:// is not there yet.",
  ],
  ["ADMIN_EMAIL", "nobody", "ADMIN_EMAIL must be an e-mail address."],
  ["ADMIN_PASSWORD", "short", "ADMIN_PASSWORD must be a password of at least 12 characters."],
  ["OCR_CONCURRENCY", "0", "OCR_CONCURRENCY must be a number of pages from 1 to 256."],
  ["OCR_LANGUAGES", "English", "OCR_LANGUAGES must be names of languages, for instance eng,deu."],
  ["WORKER", "yes", "WORKER must be embedded or off."],
  ["LOG_LEVEL", "loud", /^LOG_LEVEL must be fatal, /u],
  ["TRUST_PROXY", "everybody", /^TRUST_PROXY must be addresses/u],
  ["ENTRA_TENANT_ID", "x", /^ENTRA_TENANT_ID must be the directory's id/u],
  [
    "ENTRA_TENANT_ID",
    "11111111-2222-4333-8444-555555555555",
    "ENTRA_TENANT_ID and ENTRA_CLIENT_ID must be set together.",
  ],
  ["ENTRA_AUTHORITY", "http://login.example.org", /^ENTRA_AUTHORITY must be an https address/u],
  ["LOCAL_ACCOUNTS", "off", /^LOCAL_ACCOUNTS can be off only where/u],
  ["ADMIN_EMAILS", "nobody", /^ADMIN_EMAILS must be e-mail addresses/u],
  ["CORS_ORIGINS", "*", /^CORS_ORIGINS must be origins of web pages/u],
  ["CORS_ORIGINS", "null", /^CORS_ORIGINS must be origins/u],
  ["CORS_ORIGINS", "https://archive.example.org/", /^CORS_ORIGINS must be origins/u],
  ["CORS_ORIGINS", "https://archive.example.org,https://*.example.org/x", /^CORS_ORIGINS must be origins/u],
  ["CORS_ORIGINS", "https://Archive.example.org", /^CORS_ORIGINS must be origins/u],
  ["CORS_ORIGINS", "https://archive.example.org:443", /^CORS_ORIGINS must be origins/u],
  ["RATE_LIMIT_PERSON", "many", /^RATE_LIMIT_PERSON must be a number of calls a minute/u],
  ["MAX_FILE_BYTES", "-1", /^MAX_FILE_BYTES must be a number of bytes/u],
])("%s=%s is told in one sentence that does not repeat the value", (name, value, sentence) => {
  expect(() => readEnv({ [name]: value })).toThrow(sentence);
  expect(() => readEnv({ [name]: value })).not.toThrow("S3CRET");
});

test("one half of the first administrator is a mistake; empty settings count as unset", () => {
  expect(() => readEnv({ ADMIN_EMAIL: "a@example.org" })).toThrow(
    "ADMIN_EMAIL and ADMIN_PASSWORD must be set together.",
  );
  const env = readEnv({ PORT: "", DATABASE_URL: " ", ADMIN_EMAIL: "", OCR_LANGUAGES: "eng, jpn" });
  expect(env).toMatchObject({ host: "127.0.0.1", port: 8080, databaseUrl: undefined, ocrLanguages: ["eng", "jpn"] });
  expect(Object.isFrozen(env)).toBe(true);
});

test("a wrong setting ends the process with one line, no stack and nothing written", async () => {
  const { output, ended } = run({ PORT: "eighty" });
  expect(await ended).toBe(78);
  expect(output).toEqual({ stdout: "", stderr: "Legible cannot start: PORT must be a number from 0 to 65535.\n" });
});

test("it says one line when it is ready, and SIGTERM ends it with 0 although a stream is open; a taken port is one sentence", async () => {
  const first = run({ ADMIN_EMAIL: "admin@example.org", ADMIN_PASSWORD: "a long enough password", LOG_LEVEL: "warn" });
  await expect.poll(() => first.output.stdout, { timeout: 25_000 }).toContain("\n");
  const [, origin = ""] = /^Legible is ready at (http:\/\/127\.0\.0\.1:\d+)\n$/u.exec(first.output.stdout) ?? [];
  const login = await fetch(`${origin}/api/v2/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ provider: "password", email: "admin@example.org", password: "a long enough password" }),
  });
  expect(login.status).toBe(200);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const stream = await fetch(`${origin}/trpc/task.watchAll?input=%7B%7D`, { headers: { cookie } });
  expect(stream.status).toBe(200);

  first.child.kill("SIGTERM");
  expect(await stream.text()).toContain("UNAVAILABLE");
  expect(await first.ended).toBe(0);
  expect(first.output.stdout.split("\n")).toHaveLength(2);

  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const second = run({ PORT: String(port), LOG_LEVEL: "error" });
  expect(await second.ended).toBe(1);
  expect(second.output.stderr).toContain(
    `Legible cannot start: port ${port} on 127.0.0.1 is in use by another program.`,
  );
  expect(second.output.stderr).not.toMatch(/^\s+at /mu);
  expect(second.output.stdout).toBe("");
  taken.close();
});

test("the same signal twice, as a terminal and npm send it, is still an orderly stop", async () => {
  const { child, output, ended } = run({ LOG_LEVEL: "fatal" });
  await expect.poll(() => output.stdout, { timeout: 25_000 }).toContain("ready");
  child.kill("SIGINT");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(output.stderr).toBe("");
});
