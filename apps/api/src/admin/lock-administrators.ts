// The administrators there are, held until the transaction ends.
import type { Tx } from "@legible/db/scopes";

/**
 * Ids of the administrators who can sign in. Their rows stay locked, so of two transactions that would each leave one
 * administrator, the second sees what the first left. Needs an administrator's scope.
 */
export async function lockAdministrators(tx: Tx): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM tool_ocr_users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}
