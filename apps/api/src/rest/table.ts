// The REST aliases: each is one procedure at one address. A new one is one line here; docs/decisions/0003-rest-aliases.md says why.

export type RestRoute = {
  method: "GET" | "POST" | "DELETE";
  /** With {parameters} named as in the procedure's input. */
  path: string;
  procedure: string;
};

export const restTable: readonly RestRoute[] = [
  { method: "POST", path: "/api/v2/auth/login", procedure: "auth.login" },
  { method: "POST", path: "/api/v2/auth/refresh", procedure: "auth.refresh" },
  { method: "POST", path: "/api/v2/auth/logout", procedure: "auth.logout" },
  { method: "GET", path: "/api/v2/auth/me", procedure: "auth.me" },
  { method: "POST", path: "/api/v2/tasks", procedure: "task.create" },
  { method: "GET", path: "/api/v2/tasks", procedure: "task.list" },
  { method: "GET", path: "/api/v2/tasks/stats", procedure: "task.stats" },
  { method: "GET", path: "/api/v2/tasks/{taskId}", procedure: "task.get" },
  { method: "DELETE", path: "/api/v2/tasks/{taskId}", procedure: "task.delete" },
  { method: "POST", path: "/api/v2/tasks/{taskId}/start", procedure: "task.start" },
  { method: "POST", path: "/api/v2/tasks/{taskId}/cancel", procedure: "task.cancel" },
  { method: "POST", path: "/api/v2/tasks/{taskId}/retry", procedure: "task.retry" },
  { method: "GET", path: "/api/v2/tasks/{taskId}/pages", procedure: "task.pages" },
  { method: "GET", path: "/api/v2/admin/stats", procedure: "admin.stats" },
  { method: "GET", path: "/api/v2/admin/users", procedure: "admin.users" },
  { method: "GET", path: "/api/v2/admin/users/top", procedure: "admin.topUsers" },
  { method: "GET", path: "/api/v2/admin/audit-logs", procedure: "admin.auditLogs" },
  { method: "GET", path: "/api/v2/admin/audit-logs/user/{userId}/summary", procedure: "admin.auditSummary" },
];
