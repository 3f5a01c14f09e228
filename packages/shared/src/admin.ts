// Schemas of the admin procedures.
import { z } from "zod";
import { auditActionSchema, auditActorSchema, auditOutcomeSchema } from "./audit.ts";
import { rowIdSchema, userIdSchema } from "./ids.ts";
import { instantSchema } from "./instant.ts";
import { pagedSchema, pagingInputSchema } from "./paging.ts";
import { accountKindSchema, emailSchema, passwordSchema, roleSchema, userSchema } from "./session.ts";
import { taskStatusSchema } from "./status.ts";
import { typedLine } from "./typed-line.ts";

const time = z.iso.datetime();

/** A name of the IANA database, such as "Asia/Taipei". */
const timeZoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][\w+/-]*$/u)
  .refine(isTimeZone, "This time zone is not known.");

export const adminStatsInput = z.strictObject({
  /** In which days begin and end. */
  timeZone: timeZoneSchema.default("UTC"),
});
const periodSchema = z.object({ tasks: z.int(), failed: z.int(), pages: z.int() });
export const adminStatsOutput = z.object({
  /** People, disabled ones as well. */
  users: z.int(),
  /** Other applications of the organisation, which call for themselves. */
  applications: z.int(),
  activeUsers: z.object({ last24Hours: z.int(), last30Days: z.int() }),
  /** Deleted ones do not count. */
  tasks: z.record(taskStatusSchema, z.int()),
  /** Pages read of settled tasks that are not deleted. */
  pages: z.int(),
  sessions: z.int(),
  /** Originals that are kept, without what was made of them. */
  storageBytes: z.int(),
  /** Tasks that settled, and their pages. */
  last24Hours: periodSchema,
  /** Thirty rows, oldest first; the last is today. */
  byDay: z.array(periodSchema.extend({ day: z.iso.date() })),
  /** Of the last 24 hours. */
  pagesPerHour: z.number(),
  /** From creation to the first page, of tasks that settled in the last 24 hours at the first attempt, ms; null without any. */
  waiting: z.object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable() }),
  /** Failures of the last 30 days by reason, most frequent first. */
  failures: z.array(z.object({ code: z.string(), count: z.int() })),
});

export const adminUsersInput = pagingInputSchema.extend({ text: typedLine(0, 200).optional() });
export const adminUsersOutput = pagedSchema(
  userSchema.extend({
    account: accountKindSchema,
    disabled: z.boolean(),
    /** Set while the password is one that an administrator gave: it can be used until then. */
    firstPasswordUntil: time.nullable(),
    createdAt: time,
    lastSeenAt: time.nullable(),
    tasks: z.int(),
    pages: z.int(),
    sessions: z.int(),
  }),
);

export const topUsersInput = z.strictObject({
  metric: z.enum(["tasks", "pages"]).default("tasks"),
  limit: z.int().min(1).max(100).default(10),
});
export const topUsersOutput = z.array(userSchema.extend({ count: z.int() }));

export const auditLogsInput = z.strictObject({
  userId: userIdSchema.optional(),
  action: auditActionSchema.optional(),
  outcome: auditOutcomeSchema.optional(),
  actor: auditActorSchema.optional(),
  /** Exactly as in the entries: a task's id, `user:7`, `token 3`. */
  object: typedLine(1, 200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  cursor: rowIdSchema.optional(),
  limit: z.int().min(1).max(200).default(50),
});
/** What `GET /api/v2/admin/audit-logs/export` takes: the filters of the log, and how to write it. */
export const auditExportInput = auditLogsInput
  .omit({ cursor: true, limit: true })
  .extend({ userId: z.coerce.number().pipe(userIdSchema).optional(), format: z.enum(["csv", "jsonl"]).default("csv") });
export const auditEntrySchema = z.object({
  id: z.int(),
  at: time,
  userId: userIdSchema.nullable(),
  /** Null in entries of versions that did not write it down. */
  actor: auditActorSchema.nullable(),
  /** The API token that a program used. */
  tokenId: z.int().nullable(),
  action: z.string(),
  outcome: auditOutcomeSchema,
  object: z.string().nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  /** SHA-256 over the entry and the hash before it, hexadecimal; null in entries of versions without a chain. */
  previousHash: z.string().nullable(),
  hash: z.string().nullable(),
});
export const auditLogsOutput = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.int().nullable(),
  /** The people of these items who still have an account. */
  people: z.array(userSchema.pick({ id: true, email: true, displayName: true })),
});

export const auditSummaryInput = z.strictObject({ userId: userIdSchema });
export const auditSummaryOutput = z.object({
  userId: userIdSchema,
  firstAt: time.nullable(),
  lastAt: time.nullable(),
  byAction: z.array(z.object({ action: z.string(), outcome: auditOutcomeSchema, count: z.int() })),
});

export const verifyAuditOutput = z.object({ entries: z.int(), intact: z.boolean(), firstBrokenId: z.int().nullable() });

export const adminSessionsInput = pagingInputSchema;
export const adminSessionsOutput = pagedSchema(
  z.object({
    id: z.int(),
    userId: userIdSchema,
    email: z.string(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: time,
    lastSeenAt: time,
  }),
);

export const adminSystemOutput = z.object({
  version: z.string(),
  /** Of Node.js. */
  runtime: z.string(),
  uptimeSeconds: z.int(),
  database: z.object({ version: z.string(), bytes: z.int(), embedded: z.boolean() }),
  /** Processes that read pages, of the server that answers: alive now, and at once at most. Null when it reads none (WORKER=off). */
  readers: z.object({ alive: z.int(), most: z.int() }).nullable(),
  /** Pages that are being read at this moment, whichever server reads them. */
  pagesInHand: z.int(),
  /** Jobs of every kind. */
  queue: z.object({ waiting: z.int(), active: z.int() }),
  /** Null where nobody knows. */
  storage: z.object({ freeBytes: z.int().nullable() }),
  languages: z.array(z.string()),
});

export const createUserInput = z.strictObject({
  email: emailSchema,
  displayName: typedLine(1, 200),
  role: roleSchema.default("user"),
  /** Left out: the server makes one. */
  password: passwordSchema.optional(),
});
const firstPassword = {
  /** Shown this once; null when the caller brought it. It has to be changed at the first sign-in. */
  firstPassword: z.string().nullable(),
  /** From then on it is not taken any more. */
  firstPasswordUntil: time,
};
export const createUserOutput = z.object({ user: userSchema, ...firstPassword });
export const resetPasswordInput = z.strictObject({ userId: userIdSchema, password: passwordSchema.optional() });
export const resetPasswordOutput = z.object(firstPassword);

export const setRoleInput = z.strictObject({ userId: userIdSchema, role: roleSchema });
export const setDisabledInput = z.strictObject({ userId: userIdSchema, disabled: z.boolean() });
/** `tokens`: the person's API tokens end as well. */
export const revokeSessionsInput = z.strictObject({ userId: userIdSchema, tokens: z.boolean().default(false) });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
