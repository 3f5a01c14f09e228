// What arrives over the wire. Like the schemas of packages/shared, but JSON has no undefined.
import type { AppRouter } from "@legible/api/router";
import type { inferRouterOutputs } from "@trpc/server";

type Answers = inferRouterOutputs<AppRouter>;

export type TaskView = Answers["task"]["get"];
export type TaskList = Answers["task"]["list"];
export type SearchHit = Answers["task"]["search"]["items"][number];
export type LedgerRow = Answers["task"]["pages"][number];
export type PageTree = Answers["task"]["page"];
export type TreeBlock = PageTree["blocks"][number];
export type TreeWord = TreeBlock["lines"][number]["words"][number];
export type SessionView = Answers["auth"]["sessions"][number];
export type ApiTokenView = Answers["auth"]["apiTokens"][number];
export type AdminStats = Answers["admin"]["stats"];
export type AdminSystem = Answers["admin"]["system"];
export type AdminUser = Answers["admin"]["users"]["items"][number];
export type AuditEntry = Answers["admin"]["auditLogs"]["items"][number];
export type AuditPerson = Answers["admin"]["auditLogs"]["people"][number];
export type Me = Answers["auth"]["me"];
export type User = Me["user"];

/** A live event of all my tasks. */
export type TaskEvent = { kind: "task"; task: TaskView } | { kind: "removed"; taskId: string };
