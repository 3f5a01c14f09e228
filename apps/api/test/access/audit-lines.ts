// What each call of the matrix writes into the audit log when it succeeds: a line for every mutation, every download and upload, and every
// reading as an administrator. audited.test.ts holds it against the router.
import type { AuditAction } from "@legible/shared/audit";
import type { Scene } from "./scene.ts";

/** Action and object; the object "new" is the id of what the call made. */
export type Expected = [action: AuditAction, object: string | null][];
export type AuditLine = {
  by: "owner" | "admin";
  entries: (input: Record<string, unknown>, scene: Scene) => Expected;
};

const account =
  (action: AuditAction, thing?: string) =>
  ({ id }: Record<string, unknown>): Expected => [[action, thing === undefined ? null : `${thing} ${String(id)}`]];
const task =
  (...actions: AuditAction[]) =>
  ({ taskId }: Record<string, unknown>): Expected =>
    actions.map((action) => [action, String(taskId)]);
const person =
  (action: AuditAction) =>
  ({ userId }: Record<string, unknown>): Expected => [[action, `user:${String(userId)}`]];
const read = (procedure: string): AuditLine => ({ by: "admin", entries: () => [["admin.read", procedure]] });

export const auditLines: Record<string, AuditLine> = {
  "auth.login": { by: "owner", entries: account("login") },
  "auth.refresh": { by: "owner", entries: account("refresh") },
  "auth.logout": { by: "owner", entries: account("logout") },
  "auth.logoutAll": { by: "owner", entries: account("logout.all") },
  "auth.endOtherSessions": { by: "owner", entries: account("logout.all") },
  "auth.revokeSession": { by: "owner", entries: account("session.revoked", "session") },
  "auth.changePassword": { by: "owner", entries: account("password.changed") },
  "auth.createApiToken": { by: "owner", entries: () => [["token.created", "new"]] },
  "auth.revokeApiToken": { by: "owner", entries: account("token.revoked", "token") },
  "task.create": { by: "owner", entries: () => [["task.created", "new"]] },
  "task.start": { by: "owner", entries: task("task.started") },
  "task.cancel": { by: "owner", entries: task("task.cancelled") },
  "task.retry": { by: "owner", entries: task("task.retried") },
  "task.rerunPages": { by: "owner", entries: task("task.rerun") },
  "task.correct": { by: "owner", entries: task("task.corrected") },
  "task.delete": { by: "owner", entries: task("task.deleted") },
  "task.restore": { by: "owner", entries: task("task.restored") },
  "task.bulk": {
    by: "owner",
    entries: ({ taskIds }) => (taskIds as string[]).map((taskId) => ["task.deleted", taskId]),
  },
  "admin.createUser": { by: "admin", entries: () => [["admin.created", "new"]] },
  "admin.resetPassword": { by: "admin", entries: person("admin.password") },
  "admin.setRole": { by: "admin", entries: person("admin.role") },
  "admin.setDisabled": { by: "admin", entries: person("admin.disabled") },
  "admin.revokeSessions": { by: "admin", entries: person("admin.sessions") },
  ...Object.fromEntries(
    ["users", "topUsers", "auditLogs", "auditSummary", "verifyAudit", "sessions", "stats", "system"].map((name) => [
      `admin.${name}`,
      read(`admin.${name}`),
    ]),
  ),
  "PUT /api/v2/tasks/:taskId/files/:position": { by: "owner", entries: task("task.uploaded", "task.started") },
  "GET /api/v2/tasks/:taskId/download/:format": { by: "owner", entries: task("task.downloaded") },
  "GET /api/v2/tasks/:taskId/pages/:number/preview": { by: "owner", entries: task("task.previewed") },
  "GET /api/v2/admin/audit-logs/export": { by: "admin", entries: () => [["admin.exported", "audit-logs"]] },
  "GET /api/v2/tasks/:taskId/source": { by: "owner", entries: task("task.downloaded") },
};
