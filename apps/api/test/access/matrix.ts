// The access matrix: a line for every procedure and every route, with what each caller gets. access.test.ts holds it against the router
// and the server, both ways, and makes every call. A new procedure or route needs its line here.
import { randomUUID } from "node:crypto";
import { pdf } from "../files.ts";
import { password, type Scene } from "./scene.ts";

/** In the order of the columns below. `token` has the scope of the line and no other, `narrow` every scope but that. */
const columns = ["anonymous", "owner", "other", "admin", "token", "narrow", "expired", "disabled"] as const;
/**
 * Two callers need no column. `revoked` is a token with every scope that is over: everything answers as to a stranger. `app` is another
 * application with the role that the line needs and no other: a person of its own, who owns nothing here, and never at the page.
 */
export const callerNames = [...columns, "revoked", "app"] as const;
export type CallerName = (typeof callerNames)[number];

/** What a token needs; "person": no token will do, "anybody": it makes no difference. */
export type Needs = "tasks:read" | "tasks:write" | "admin:read" | "person" | "anybody";
export type Line = {
  needs: Needs;
  /** "ok" or a status for each caller. */
  answers: string;
  /** A valid input that means something of the owner's. */
  input?: (scene: Scene) => unknown;
};

const line = (needs: Needs, answers: string, input?: Line["input"]): Line =>
  input === undefined ? { needs, answers } : { needs, answers, input };

const taskIn = (state: Parameters<Scene["task"]>[1]) => async (scene: Scene) => ({
  taskId: await scene.task(scene.owner, state),
});
const pageIn = (more: object) => async (scene: Scene) => ({ ...(await taskIn("completed")(scene)), ...more });
/** Something of everybody's own that the stream of all begins with. */
const whatMoves = async (scene: Scene) => {
  for (const who of ["owner", "other", "admin"] as const) await scene.task(scene[who], "waiting");
  return {};
};
const personIn = (scene: Scene) => ({ userId: scene.other.id });

// biome-ignore format: a table is read in columns.
export const procedures: Record<string, Line> = {
  //                                           anon owner other admin token narrow expired disabled
  "auth.providers":       line("anybody",     "ok   ok    ok    ok    ok    ok     ok      ok"),
  "auth.setup":           line("anybody",     "409  409   409   409   409   409    409     409", () => ({ email: "a@example.org", password, displayName: "A" })),
  "auth.login":           line("anybody",     "ok   ok    ok    ok    ok    ok     ok      401", ({ owner }) => ({ provider: "password", email: owner.email, password })),
  "auth.refresh":         line("anybody",     "401  ok    ok    ok    401   401    401     401"),
  "auth.logout":          line("anybody",     "ok   ok    ok    ok    ok    ok     ok      ok"),
  "auth.logoutAll":       line("person",      "401  ok    ok    ok    403   403    401     401"),
  "auth.endOtherSessions": line("person",     "401  ok    ok    ok    403   403    401     401", () => ({})),
  "auth.me":              line("anybody",     "401  ok    ok    ok    ok    ok     401     401"),
  "auth.sessions":        line("person",      "401  ok    ok    ok    403   403    401     401"),
  "auth.revokeSession":   line("person",      "401  ok    404   404   403   403    401     401", ({ owner }) => ({ id: owner.sessionId })),
  "auth.changePassword":  line("person",      "401  ok    ok    ok    403   403    401     401", () => ({ current: password, next: "another long one" })),
  "auth.apiTokens":       line("person",      "401  ok    ok    ok    403   403    401     401"),
  "auth.createApiToken":  line("person",      "401  ok    ok    ok    403   403    401     401", () => ({ name: "Invoices", scopes: ["tasks:read"] })),
  "auth.revokeApiToken":  line("person",      "401  ok    404   404   403   403    401     401", async (scene) => ({ id: (await scene.token(scene.owner, ["tasks:read"])).tokenId })),

  "task.create":          line("tasks:write", "401  ok    ok    ok    ok    403    401     401", () => ({ files: [{ name: "a.pdf", size: 1 }] })),
  "task.start":           line("tasks:write", "401  ok    404   404   ok    403    401     401", taskIn("unstarted")),
  "task.cancel":          line("tasks:write", "401  ok    404   404   ok    403    401     401", taskIn("unstarted")),
  "task.retry":           line("tasks:write", "401  ok    404   404   ok    403    401     401", pageIn({ pages: "all" })),
  "task.rerunPages":      line("tasks:write", "401  ok    404   404   ok    403    401     401", pageIn({ pages: "1", options: {} })),
  "task.delete":          line("tasks:write", "401  ok    404   404   ok    403    401     401", taskIn("completed")),
  "task.restore":         line("tasks:write", "401  ok    404   404   ok    403    401     401", taskIn("deleted")),
  // Answers with what it did and what it refused, each by itself: bulk of foreign ids has a test of its own.
  "task.bulk":            line("tasks:write", "401  ok    ok    ok    ok    403    401     401", async (scene) => ({ taskIds: [await scene.task(scene.owner, "completed")], action: "delete" })),
  "task.get":             line("tasks:read",  "401  ok    404   404   ok    403    401     401", taskIn("completed")),
  "task.list":            line("tasks:read",  "401  ok    ok    ok    ok    403    401     401", () => ({})),
  "task.pages":           line("tasks:read",  "401  ok    404   404   ok    403    401     401", taskIn("completed")),
  "task.page":            line("tasks:read",  "401  ok    404   404   ok    403    401     401", pageIn({ number: 1 })),
  "task.correct":         line("tasks:write", "401  ok    404   404   ok    403    401     401", pageIn({ page: 1, wordId: "p1w1", text: "corrected" })),
  "task.search":          line("tasks:read",  "401  ok    ok    ok    ok    403    401     401", () => ({ text: "zx81" })),
  "task.stats":           line("tasks:read",  "401  ok    ok    ok    ok    403    401     401"),
  "task.watch":           line("tasks:read",  "401  ok    404   404   ok    403    401     401", taskIn("completed")),
  "task.watchAll":        line("tasks:read",  "401  ok    ok    ok    ok    403    401     401", whatMoves),

  // Tokens and sessions that are over are an administrator's here: these are the ones with something to lose.
  "admin.users":          line("admin:read",  "401  403   403   ok    ok    403    401     401", () => ({})),
  "admin.topUsers":       line("admin:read",  "401  403   403   ok    ok    403    401     401", () => ({})),
  "admin.auditLogs":      line("admin:read",  "401  403   403   ok    ok    403    401     401", () => ({})),
  "admin.auditSummary":   line("admin:read",  "401  403   403   ok    ok    403    401     401", personIn),
  "admin.verifyAudit":    line("admin:read",  "401  403   403   ok    ok    403    401     401"),
  "admin.sessions":       line("admin:read",  "401  403   403   ok    ok    403    401     401", () => ({})),
  "admin.stats":          line("admin:read",  "401  403   403   ok    ok    403    401     401", () => ({})),
  "admin.system":         line("admin:read",  "401  403   403   ok    ok    403    401     401"),
  "admin.createUser":     line("person",      "401  403   403   ok    403   403    401     401", () => ({ email: `${randomUUID()}@example.org`, displayName: "New" })),
  "admin.resetPassword":  line("person",      "401  403   403   ok    403   403    401     401", personIn),
  "admin.setRole":        line("person",      "401  403   403   ok    403   403    401     401", ({ other }) => ({ userId: other.id, role: "admin" })),
  "admin.setDisabled":    line("person",      "401  403   403   ok    403   403    401     401", ({ other }) => ({ userId: other.id, disabled: true })),
  "admin.revokeSessions": line("person",      "401  403   403   ok    403   403    401     401", personIn),
};

/** A route that is a procedure's other door: it has that procedure's input, and is called with it. */
export type RouteLine = Line & { procedure?: string; body?: Uint8Array<ArrayBuffer> };

const door = (procedure: string, answers: string): RouteLine => ({
  ...(procedures[procedure] ?? line("anybody", "")),
  answers,
  procedure,
});
const fileIn = (state: Parameters<typeof taskIn>[0]) => async (scene: Scene) => ({
  ...(await taskIn(state)(scene)),
  position: 1,
});
const resultAs = (format: string) => async (scene: Scene) => ({ ...(await taskIn("completed")(scene)), format });

// biome-ignore format: a table is read in columns.
export const routes: Record<string, RouteLine> = {
  //                                                                                             anon owner other admin token narrow expired disabled
  "GET /health/live":                                                      line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok"),
  "GET /health/ready":                                                     line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok"),
  "GET /api/v2/openapi.json":                                              line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok"),
  "GET /*":                                                                line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok", () => ({ "*": "index.html" })),
  "HEAD /*":                                                               line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok", () => ({ "*": "index.html" })),
  // One address for all procedures; each of them stands above.
  "GET /trpc/:path":                                                       line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok", () => ({ path: "auth.providers" })),
  "POST /trpc/:path":                                                      line("anybody",      "ok   ok    ok    ok    ok    ok     ok      ok", () => ({ path: "auth.logout" })),
  "PUT /api/v2/tasks/:taskId/files/:position":  { body: pdf,              ...line("tasks:write", "401  ok    404   404   ok    403    401     401", fileIn("waiting")) },
  "GET /api/v2/tasks/:taskId/download/:format":                            line("tasks:read",   "401  ok    404   404   ok    403    401     401", resultAs("zip")),
  "GET /api/v2/tasks/:taskId/pages/:number/preview":                       line("tasks:read",   "401  ok    404   404   ok    403    401     401", pageIn({ number: 1 })),
  "GET /api/v2/admin/audit-logs/export":                                   line("admin:read",   "401  403   403   ok    ok    403    401     401", () => ({})),
  "GET /api/v2/tasks/:taskId/source":                                      line("tasks:read",   "401  ok    404   404   ok    403    401     401", fileIn("completed")),

  "POST /api/v2/auth/login":                               door("auth.login",                   "ok   ok    ok    ok    ok    ok     ok      401"),
  "POST /api/v2/auth/refresh":                             door("auth.refresh",                 "401  ok    ok    ok    401   401    401     401"),
  "POST /api/v2/auth/logout":                              door("auth.logout",                  "ok   ok    ok    ok    ok    ok     ok      ok"),
  "GET /api/v2/auth/me":                                   door("auth.me",                      "401  ok    ok    ok    ok    ok     401     401"),
  "POST /api/v2/tasks":                                    door("task.create",                  "401  ok    ok    ok    ok    403    401     401"),
  "GET /api/v2/tasks":                                     door("task.list",                    "401  ok    ok    ok    ok    403    401     401"),
  "GET /api/v2/tasks/stats":                               door("task.stats",                   "401  ok    ok    ok    ok    403    401     401"),
  "GET /api/v2/tasks/:taskId":                             door("task.get",                     "401  ok    404   404   ok    403    401     401"),
  "DELETE /api/v2/tasks/:taskId":                          door("task.delete",                  "401  ok    404   404   ok    403    401     401"),
  "POST /api/v2/tasks/:taskId/start":                      door("task.start",                   "401  ok    404   404   ok    403    401     401"),
  "POST /api/v2/tasks/:taskId/cancel":                     door("task.cancel",                  "401  ok    404   404   ok    403    401     401"),
  "POST /api/v2/tasks/:taskId/retry":                      door("task.retry",                   "401  ok    404   404   ok    403    401     401"),
  "GET /api/v2/tasks/:taskId/pages":                       door("task.pages",                   "401  ok    404   404   ok    403    401     401"),
  "GET /api/v2/admin/stats":                               door("admin.stats",                  "401  403   403   ok    ok    403    401     401"),
  "GET /api/v2/admin/users":                               door("admin.users",                  "401  403   403   ok    ok    403    401     401"),
  "GET /api/v2/admin/users/top":                           door("admin.topUsers",               "401  403   403   ok    ok    403    401     401"),
  "GET /api/v2/admin/audit-logs":                          door("admin.auditLogs",              "401  403   403   ok    ok    403    401     401"),
  "GET /api/v2/admin/audit-logs/user/:userId/summary":     door("admin.auditSummary",           "401  403   403   ok    ok    403    401     401"),
};

/** `answers` of a line, by caller. @throws Error when one is missing. */
export function answersOf({ answers, needs }: Line): Map<CallerName, string> {
  const words = answers.split(/\s+/u);
  if (words.length !== columns.length) throw new Error(`A line needs ${columns.length} answers: ${answers}`);
  const found = new Map<CallerName, string>(columns.map((name, index) => [name, words[index] ?? ""]));
  const like: Record<Needs, CallerName> = {
    "tasks:read": "other",
    "tasks:write": "other",
    "admin:read": "admin",
    person: "token",
    anybody: "token",
  };
  return found.set("revoked", found.get("anonymous") ?? "").set("app", found.get(like[needs]) ?? "");
}
