// What administrators see and may do. Each reading of other people's data is an audit entry.
import {
  adminSessionsInput,
  adminSessionsOutput,
  adminStatsInput,
  adminStatsOutput,
  adminSystemOutput,
  adminUsersInput,
  adminUsersOutput,
  auditLogsInput,
  auditLogsOutput,
  auditSummaryInput,
  auditSummaryOutput,
  createUserInput,
  createUserOutput,
  resetPasswordInput,
  resetPasswordOutput,
  revokeSessionsInput,
  setDisabledInput,
  setRoleInput,
  topUsersInput,
  topUsersOutput,
  verifyAuditOutput,
} from "@legible/shared/admin";
import { doneOutput, userSchema } from "@legible/shared/session";
import { administers, readsAdmin, router } from "../trpc.ts";
import { auditLogs } from "./audit-logs.ts";
import { auditSummary } from "./audit-summary.ts";
import { createUser } from "./create-user.ts";
import { resetPassword } from "./reset-password.ts";
import { adminSessions, revokeSessions } from "./sessions.ts";
import { setDisabled } from "./set-disabled.ts";
import { setRole } from "./set-role.ts";
import { adminStats } from "./stats.ts";
import { adminSystem } from "./system.ts";
import { topUsers } from "./top-users.ts";
import { adminUsers } from "./users.ts";
import { verifyAuditLog } from "./verify-audit.ts";

export const adminRouter = router({
  stats: readsAdmin
    .input(adminStatsInput)
    .output(adminStatsOutput)
    .query(({ ctx, input }) => adminStats(ctx, input)),
  system: readsAdmin.output(adminSystemOutput).query(({ ctx }) => adminSystem(ctx)),
  users: readsAdmin
    .input(adminUsersInput)
    .output(adminUsersOutput)
    .query(({ ctx, input }) => adminUsers(ctx, input)),
  topUsers: readsAdmin
    .input(topUsersInput)
    .output(topUsersOutput)
    .query(({ ctx, input }) => topUsers(ctx, input)),
  auditLogs: readsAdmin
    .input(auditLogsInput)
    .output(auditLogsOutput)
    .query(({ ctx, input }) => auditLogs(ctx, input)),
  auditSummary: readsAdmin
    .input(auditSummaryInput)
    .output(auditSummaryOutput)
    .query(({ ctx, input }) => auditSummary(ctx, input.userId)),
  verifyAudit: readsAdmin.output(verifyAuditOutput).query(({ ctx }) => verifyAuditLog(ctx)),
  sessions: readsAdmin
    .input(adminSessionsInput)
    .output(adminSessionsOutput)
    .query(({ ctx, input }) => adminSessions(ctx, input)),
  createUser: administers
    .input(createUserInput)
    .output(createUserOutput)
    .mutation(({ ctx, input }) => createUser(ctx, input)),
  resetPassword: administers
    .input(resetPasswordInput)
    .output(resetPasswordOutput)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  setRole: administers
    .input(setRoleInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => setRole(ctx, input)),
  setDisabled: administers
    .input(setDisabledInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => setDisabled(ctx, input)),
  revokeSessions: administers
    .input(revokeSessionsInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => revokeSessions(ctx, input)),
});
