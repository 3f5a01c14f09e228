// Everybody who has an account, with what they did: two queries, whatever the number of people.
import { Prisma } from "@legible/db/generated/client";
import type { adminUsersInput, adminUsersOutput } from "@legible/shared/admin";
import type { z } from "zod";
import { toUser } from "../auth/user-view.ts";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

type Row = {
  id: number;
  email: string;
  displayName: string;
  role: string;
  disabledAt: Date | null;
  account: "local" | "microsoft" | "app";
  firstPasswordUntil: Date | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  tasks: number;
  pages: number;
  sessions: number;
};

/** `text` is looked for in address and name, whatever its case. Ordered by address. */
export async function adminUsers(
  ctx: SignedInContext,
  { page, pageSize, text = "" }: z.output<typeof adminUsersInput>,
): Promise<z.output<typeof adminUsersOutput>> {
  const where = Prisma.sql`(strpos(lower(u.email), lower(${text})) > 0 OR strpos(lower(u.display_name), lower(${text})) > 0)`;
  const { rows, total } = await readAsAdmin(ctx, "admin.users", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT u.id, u.email, u.display_name AS "displayName", u.role, u.disabled_at AS "disabledAt",
        CASE WHEN u.entra_app_id IS NOT NULL THEN 'app' WHEN u.entra_object_id IS NOT NULL THEN 'microsoft' ELSE 'local' END AS account,
        u.first_password_until AS "firstPasswordUntil", u.created_at AS "createdAt", u.last_seen_at AS "lastSeenAt", t.tasks, t.pages, s.sessions
      FROM (SELECT * FROM tool_ocr_users u WHERE ${where} ORDER BY u.email, u.id
            LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}) u,
        LATERAL (SELECT count(*)::int AS tasks, coalesce(sum(pages_done), 0)::int AS pages
                 FROM tool_ocr_tasks WHERE user_id = u.id AND deleted_at IS NULL) t,
        LATERAL (SELECT count(*)::int AS sessions FROM tool_ocr_sessions
                 WHERE user_id = u.id AND revoked_at IS NULL AND expires_at > now() AND absolute_expires_at > now()) s
      ORDER BY u.email, u.id`;
    const [counted] = await tx.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM tool_ocr_users u WHERE ${where}`;
    return { rows, total: counted?.total ?? 0 };
  });
  const items = rows.map((row) => ({
    ...toUser(row),
    account: row.account,
    disabled: row.disabledAt !== null,
    firstPasswordUntil: row.firstPasswordUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    tasks: row.tasks,
    pages: row.pages,
    sessions: row.sessions,
  }));
  return { items, total, page, pageSize };
}
