// The environment, read once. This is the only file that says process.env; everything else is handed a value.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { autoLanguage } from "@legible/shared/auto-language";
import { defaultLimits, type Limits } from "@legible/shared/limits";
import { languageSchema } from "@legible/shared/options";
import { emailSchema, passwordSchema } from "@legible/shared/session";
import { z } from "zod";
import type { EntraSettings } from "./entra/settings.ts";
import { defaultRates, type RateLimits } from "./rate/rates.ts";

/** Why the server does not start, in one sentence for the person who starts it. */
export class StartError extends Error {}

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/u)
    .transform(Number)
    .pipe(z.int().min(min).max(max));
const limit = (name: keyof Limits, max: number) => whole(1, max).default(defaultLimits[name]);
const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(/[\s,+]+/u).filter((part) => part !== ""))
    .pipe(z.array(item).min(1).max(20));

const rate = (name: keyof RateLimits) => whole(0, 1_000_000).default(defaultRates[name]);

/** Spelled exactly as browsers do, since it is compared letter by letter: scheme, host, and a port that is not the usual one. */
function isOrigin(text: string): boolean {
  return /^https?:\/\//u.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** For each variable its schema and what a wrong value is told. Values are not repeated: some are secrets. */
const variables = {
  HOST: [z.string().max(255).default("127.0.0.1"), "an address to listen on, for instance 127.0.0.1 or 0.0.0.0"],
  PORT: [whole(0, 65_535).default(8080), "a number from 0 to 65535"],
  DATA_DIR: [z.string().default("./data"), "a folder"],
  DATABASE_URL: [
    z
      .string()
      .regex(/^postgres(ql)?:\/\/\S+$/u)
      .optional(),
    "a PostgreSQL address, for instance postgresql://user:password@host/name, or not set for the embedded server",
  ],
  STORAGE_URL: [z.undefined(), "unset for now: files are kept in DATA_DIR/files, and s3:// is not there yet"],
  ADMIN_EMAIL: [emailSchema.optional(), "an e-mail address"],
  ADMIN_PASSWORD: [passwordSchema.optional(), "a password of at least 12 characters"],
  ADMIN_EMAILS: [list(emailSchema).default([]), "e-mail addresses, for instance ada@example.org,bob@example.org"],
  LOCAL_ACCOUNTS: [z.enum(["on", "off"]).default("on"), "on or off"],
  ENTRA_TENANT_ID: [z.uuid().toLowerCase().optional(), "the directory's id, a UUID, or not set"],
  ENTRA_CLIENT_ID: [z.uuid().toLowerCase().optional(), "the application's id, a UUID, or not set"],
  ENTRA_ALLOWED_TENANTS: [list(z.uuid().toLowerCase()).default([]), "ids of directories, UUIDs"],
  ENTRA_AUTHORITY: [
    z
      .url({ protocol: /^https$/u })
      .transform((address) => address.replace(/\/+$/u, ""))
      .default("https://login.microsoftonline.com"),
    "an https address, for instance https://login.microsoftonline.com",
  ],
  OCR_CONCURRENCY: [whole(1, 256).optional(), "a number of pages from 1 to 256"],
  OCR_LANGUAGES: [
    list(z.union([languageSchema, z.literal(autoLanguage)])).default(["eng"]),
    "names of languages, for instance eng,deu",
  ],
  WORKER: [z.enum(["embedded", "off"]).default("embedded"), "embedded or off"],
  LOG_LEVEL: [
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    "fatal, error, warn, info, debug, trace or silent",
  ],
  TRUST_PROXY: [
    list(z.string().regex(/^(loopback|linklocal|uniquelocal|[\da-fA-F.:]+(\/\d{1,3})?)$/u)).optional(),
    "addresses of the proxies in front, for instance 10.0.0.5 or loopback",
  ],
  CORS_ORIGINS: [
    list(z.string().refine(isOrigin)).default([]),
    "origins of web pages, for instance https://archive.example.org, separated by commas",
  ],
  RATE_LIMIT_ADDRESS: [rate("address"), "a number of calls a minute from 0 (no limit) to 1000000"],
  RATE_LIMIT_PERSON: [rate("person"), "a number of calls a minute from 0 (no limit) to 1000000"],
  RATE_LIMIT_TOKEN: [rate("token"), "a number of calls a minute from 0 (no limit) to 1000000"],
  MAX_FILE_BYTES: [limit("fileBytes", 2_000_000_000), "a number of bytes from 1 to 2000000000"],
  MAX_FILES_PER_TASK: [limit("filesPerTask", defaultLimits.filesPerTask), "a number from 1 to 100"],
  MAX_PAGES_PER_TASK: [limit("pagesPerTask", 20_000), "a number from 1 to 20000"],
  MAX_IMAGE_PIXELS: [limit("imagePixels", 400_000_000), "a number from 1 to 400000000"],
  // Both tries at a page must fit into the job that reads it (pagesJob in packages/db/src/jobs.ts).
  MAX_PAGE_SECONDS: [limit("pageSeconds", 1_400), "a number of seconds from 1 to 1400"],
  MAX_STORAGE_BYTES_PER_USER: [limit("storageBytesPerUser", Number.MAX_SAFE_INTEGER), "a number of bytes, at least 1"],
  MAX_RUNNING_TASKS_PER_USER: [limit("runningTasksPerUser", 1_000_000), "a number from 1 to 1000000"],
  MAX_WAITING_TASKS_PER_USER: [limit("waitingTasksPerUser", 1_000_000), "a number from 1 to 1000000"],
  RETENTION_DAYS: [whole(0, 36_500).default(defaultLimits.retentionDays), "a number of days from 0 (never) to 36500"],
  STORAGE_RESERVE_BYTES: [
    // Room for the results of what is in hand, and for the database, which must never meet a full disk.
    whole(0, Number.MAX_SAFE_INTEGER).default(512 * 1024 * 1024),
    "a number of bytes",
  ],
} as const;

type Variables = { -readonly [K in keyof typeof variables]: z.output<(typeof variables)[K][0]> };

export type Env = {
  host: string;
  port: number;
  dataDir: string;
  databaseUrl: string | undefined;
  admin: { email: string; password: string } | undefined;
  /** Local accounts, Entra, and administrators by address. */
  identity: { localAccounts: boolean; entra: EntraSettings | undefined; adminEmails: string[] };
  worker: "embedded" | "off";
  ocrConcurrency: number;
  ocrLanguages: string[];
  logLevel: string;
  trustProxy: string[] | undefined;
  /** Web pages elsewhere that may call with API tokens. */
  corsOrigins: string[];
  rates: RateLimits;
  limits: Limits;
  reserveBytes: number;
};

/** The settings in `source`; an empty variable counts as unset. @throws StartError naming the first wrong variable. */
export function readEnv(source: Record<string, string | undefined> = process.env): Readonly<Env> {
  const parsed: Partial<Record<keyof Variables, unknown>> = {};
  for (const [name, [schema, wanted]] of Object.entries(variables)) {
    const value = source[name]?.trim();
    const result = schema.safeParse(value === "" ? undefined : value);
    if (!result.success) throw new StartError(`${name} must be ${wanted}.`);
    parsed[name as keyof Variables] = result.data;
  }
  const values = parsed as Variables;
  if ((values.ADMIN_EMAIL === undefined) !== (values.ADMIN_PASSWORD === undefined)) {
    throw new StartError("ADMIN_EMAIL and ADMIN_PASSWORD must be set together.");
  }
  if ((values.ENTRA_TENANT_ID === undefined) !== (values.ENTRA_CLIENT_ID === undefined)) {
    throw new StartError("ENTRA_TENANT_ID and ENTRA_CLIENT_ID must be set together.");
  }
  if (values.LOCAL_ACCOUNTS === "off" && values.ENTRA_TENANT_ID === undefined) {
    throw new StartError("LOCAL_ACCOUNTS can be off only where ENTRA_TENANT_ID is set: nobody could sign in.");
  }
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    admin:
      values.ADMIN_EMAIL === undefined || values.ADMIN_PASSWORD === undefined
        ? undefined
        : { email: values.ADMIN_EMAIL, password: values.ADMIN_PASSWORD },
    identity: {
      localAccounts: values.LOCAL_ACCOUNTS === "on",
      entra: entraSettings(values),
      adminEmails: values.ADMIN_EMAILS,
    },
    worker: values.WORKER,
    ocrConcurrency: values.OCR_CONCURRENCY ?? availableParallelism(),
    ocrLanguages: [...new Set(values.OCR_LANGUAGES)],
    logLevel: values.LOG_LEVEL,
    trustProxy: values.TRUST_PROXY,
    corsOrigins: [...new Set(values.CORS_ORIGINS)],
    rates: { address: values.RATE_LIMIT_ADDRESS, person: values.RATE_LIMIT_PERSON, token: values.RATE_LIMIT_TOKEN },
    limits: {
      fileBytes: values.MAX_FILE_BYTES,
      filesPerTask: values.MAX_FILES_PER_TASK,
      pagesPerTask: values.MAX_PAGES_PER_TASK,
      imagePixels: values.MAX_IMAGE_PIXELS,
      pageSeconds: values.MAX_PAGE_SECONDS,
      storageBytesPerUser: values.MAX_STORAGE_BYTES_PER_USER,
      runningTasksPerUser: values.MAX_RUNNING_TASKS_PER_USER,
      waitingTasksPerUser: values.MAX_WAITING_TASKS_PER_USER,
      retentionDays: values.RETENTION_DAYS,
    },
    reserveBytes: values.STORAGE_RESERVE_BYTES,
  });
}

function entraSettings(values: Variables): EntraSettings | undefined {
  const { ENTRA_TENANT_ID: tenantId, ENTRA_CLIENT_ID: clientId } = values;
  if (tenantId === undefined || clientId === undefined) return undefined;
  const allowedTenants = [...new Set([tenantId, ...values.ENTRA_ALLOWED_TENANTS])];
  return { tenantId, clientId, allowedTenants, cloud: values.ENTRA_AUTHORITY };
}
