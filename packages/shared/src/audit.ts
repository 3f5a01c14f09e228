// What is written down: a closed set of actions. A verb that changes something without one of these is a defect.
import { z } from "zod";

export const auditActionSchema = z.enum([
  "setup",
  "login",
  "login.failed",
  "refresh",
  "refresh.reused",
  "logout",
  "logout.all",
  "session.revoked",
  "password.changed",
  "token.created",
  "token.revoked",
  "app.admitted",
  "task.created",
  "task.uploaded",
  "task.started",
  "task.cancelled",
  "task.retried",
  "task.rerun",
  "task.corrected",
  "task.deleted",
  "task.restored",
  "task.completed",
  "task.failed",
  "task.downloaded",
  "task.previewed",
  "admin.read",
  "admin.exported",
  "admin.created",
  "admin.password",
  "admin.role",
  "admin.disabled",
  "admin.sessions",
  "call.refused",
  "retention.expired",
  "retention.purged",
  "storage.repaired",
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

export const auditOutcomeSchema = z.enum(["success", "failure", "denied"]);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

/** Who did it: somebody at the page, a program with an API token, another application by itself, or the installation. */
export const auditActorSchema = z.enum(["person", "token", "app", "system"]);
export type AuditActor = z.infer<typeof auditActorSchema>;
