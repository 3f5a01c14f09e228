// Schemas of the admin procedures.
import { z } from "zod";
import { auditActionSchema, auditOutcomeSchema } from "./audit.ts";
import { rowIdSchema, userIdSchema } from "./ids.ts";
import { instantSchema } from "./instant.ts";
import { pagedSchema, pagingInputSchema } from "./paging.ts";
import { roleSchema, userSchema } from "./session.ts";
import { taskStatusSchema } from "./status.ts";
import { typedLine } from "./typed-line.ts";

const time = z.iso.datetime();

export const adminStatsOutput = z.object({
  users: z.int(),
  activeUsers: z.int(),
  tasks: z.record(taskStatusSchema, z.int()),
  pages: z.int(),
  sessions: z.int(),
  storageBytes: z.int(),
  last24Hours: z.object({ tasks: z.int(), pages: z.int() }),
  /** Thirty rows, oldest first. */
  byDay: z.array(z.object({ day: z.iso.date(), tasks: z.int(), pages: z.int() })),
});

export const adminUsersInput = pagingInputSchema.extend({ text: typedLine(0, 200).optional() });
export const adminUsersOutput = pagedSchema(
  userSchema.extend({
    disabled: z.boolean(),
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
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  cursor: rowIdSchema.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export const auditEntrySchema = z.object({
  id: z.int(),
  at: time,
  userId: userIdSchema.nullable(),
  action: z.string(),
  outcome: auditOutcomeSchema,
  object: z.string().nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export const auditLogsOutput = z.object({ items: z.array(auditEntrySchema), nextCursor: z.int().nullable() });

export const auditSummaryInput = z.strictObject({ userId: userIdSchema });
export const auditSummaryOutput = z.object({
  userId: userIdSchema,
  firstAt: time.nullable(),
  lastAt: time.nullable(),
  byAction: z.array(z.object({ action: z.string(), outcome: auditOutcomeSchema, count: z.int() })),
});

export const verifyAuditOutput = z.object({ entries: z.int(), intact: z.boolean(), firstBrokenId: z.int().nullable() });

export const adminSessionsOutput = z.array(
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
  database: z.object({ version: z.string(), bytes: z.int(), embedded: z.boolean() }),
  queue: z.object({ waiting: z.int(), active: z.int() }),
  workers: z.array(z.object({ id: z.string(), lastSeenAt: time, pages: z.int() })),
  languages: z.array(z.string()),
});

export const setRoleInput = z.strictObject({ userId: userIdSchema, role: roleSchema });
export const setDisabledInput = z.strictObject({ userId: userIdSchema, disabled: z.boolean() });
export const revokeSessionsInput = z.strictObject({ userId: userIdSchema });
