// Who uses the installation most.
import type { topUsersInput, topUsersOutput } from "@legible/shared/admin";
import type { z } from "zod";
import { toUser } from "../auth/user-view.ts";
import type { SignedInContext } from "../context.ts";
import { readAsAdmin } from "./read.ts";

type Row = { id: number; email: string; displayName: string; role: string; count: number };

/** Deleted tasks do not count; people without any are left out. */
export async function topUsers(
  ctx: SignedInContext,
  { metric, limit }: z.output<typeof topUsersInput>,
): Promise<z.output<typeof topUsersOutput>> {
  const rows = await readAsAdmin(
    ctx,
    "admin.topUsers",
    (tx) => tx.$queryRaw<Row[]>`
      SELECT u.id, u.email, u.display_name AS "displayName", u.role,
        (CASE WHEN ${metric} = 'pages' THEN sum(t.pages_done) ELSE count(*) END)::int AS count
      FROM tool_ocr_tasks t JOIN tool_ocr_users u ON u.id = t.user_id
      WHERE t.deleted_at IS NULL GROUP BY u.id ORDER BY count DESC, u.id LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...toUser(row), count: row.count }));
}
