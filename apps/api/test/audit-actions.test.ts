// The closed set of audit actions holds what has to be written down, each is written by some code, and a test has each of them written.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AuditAction, auditActionSchema } from "@legible/shared/audit";
import { describe, expect, test } from "vitest";
import { auditLines } from "./access/audit-lines.ts";
import type { Scene } from "./access/scene.ts";

const root = join(import.meta.dirname, "../../..");
const actions: readonly AuditAction[] = auditActionSchema.options;

/** What must be known afterwards. Settings are environment variables: whoever changes them works on the machine, beyond this log. */
const wanted: Record<string, AuditAction[]> = {
  "who signed in, who failed to, and the first administrator": ["login", "login.failed", "setup", "app.admitted"],
  "a session renewed, or a refresh token that came back": ["refresh", "refresh.reused"],
  "sessions that ended": ["logout", "logout.all", "session.revoked", "admin.sessions"],
  "passwords and tokens": ["password.changed", "admin.password", "token.created", "token.revoked"],
  "accounts and roles": ["admin.created", "admin.role", "admin.disabled"],
  "what became of a document": [
    ...(["task.created", "task.uploaded", "task.started", "task.cancelled", "task.retried", "task.rerun"] as const),
    ...(["task.corrected", "task.deleted", "task.restored", "task.completed", "task.failed"] as const),
  ],
  "who took a document away or looked at it": ["task.downloaded", "task.previewed"],
  "what administrators looked at": ["admin.read", "admin.exported"],
  "what was refused": ["call.refused"],
  "what the installation removed or mended by itself": ["retention.expired", "retention.purged", "storage.repaired"],
};

/** Actions that no line of the matrix leads to, and the suite in which they are written and looked for. */
const elsewhere: Partial<Record<AuditAction, string>> = {
  setup: "apps/api/test/audited.test.ts",
  "login.failed": "apps/api/test/refusals.test.ts",
  "refresh.reused": "apps/api/test/refusals.test.ts",
  "app.admitted": "apps/api/test/entra-app.test.ts",
  "call.refused": "apps/api/test/refusals.test.ts",
  "task.completed": "packages/ocr/test/work.test.ts",
  "task.failed": "packages/ocr/test/work.test.ts",
  "retention.expired": "apps/api/test/retention.test.ts",
  "retention.purged": "apps/api/test/retention.test.ts",
  "storage.repaired": "apps/api/test/retention.test.ts",
};

/** Actions of the lines that audited.test.ts calls one by one. */
const called = new Set(
  Object.values(auditLines).flatMap(({ entries }) =>
    entries({ taskIds: ["x"] }, {} as Scene).map(([action]) => action),
  ),
);

const text = (path: string) => readFileSync(join(root, path), "utf8");

/** The sources that can write entries. */
function sources(): string[] {
  return ["apps/api/src", "packages/ocr/src"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => text(join(folder, name)))
      .filter((source) => /\bwriteAudit\(|\breadAgain\(/u.test(source)),
  );
}

/** Those of `names` that stand in no source as a text of its own. */
function unwritten(names: readonly string[]): string[] {
  const all = sources().join("\n");
  return names.filter((name) => !all.includes(`"${name}"`));
}

test("every action is written by some code", () => {
  expect(sources().length).toBeGreaterThan(20);
  expect(unwritten(actions)).toEqual([]);
  expect(unwritten(["task.forgotten"])).toEqual(["task.forgotten"]);
});

test("every action is written in some test, once by a line of the matrix or in a suite of its own", () => {
  expect([...called, ...Object.keys(elsewhere)].sort()).toEqual([...actions].sort());
});

describe("a suite of its own looks for", () => {
  test.each(Object.entries(elsewhere))("%s", (action, path) => {
    expect(text(path)).toMatch(new RegExp(`["']${action.replace(".", "\\.")}["']`, "u"));
  });
});

test("everything that has to be known afterwards has its action, and every action is known for something", () => {
  expect(Object.values(wanted).flat().sort()).toEqual([...actions].sort());
});
