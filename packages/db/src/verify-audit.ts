// Whether the audit log is the one that was written: every entry as it was, none missing, none moved.
import { Prisma } from "./generated/client.ts";
import type { Tx } from "./scopes.ts";

/** What the first entry names as the hash before it. */
const genesis = "0".repeat(64);

type Found = { entries: number; broken: number | null; lastId: number; headId: number; tailKnown: boolean };

/**
 * Follows the chain from the first entry to the head, in one statement and so in one snapshot. `firstBrokenId` is the first entry
 * that was changed, moved, or follows one that is gone; when the end was cut off, the number of the first entry that is missing.
 * Needs a scope that reads the log.
 */
export async function verifyAudit(tx: Tx): Promise<{ entries: number; intact: boolean; firstBrokenId: number | null }> {
  const [found] = await tx.$queryRaw<Found[]>(Prisma.sql`
    WITH chain AS (
      SELECT l.id, l.hash, l.previous_hash, legible_audit_hash(l) AS actual,
        lag(l.hash, 1, ${genesis}) OVER (ORDER BY l.id) AS expected
      FROM tool_ocr_audit_logs l
    )
    SELECT count(c.id)::int AS entries,
      min(c.id) FILTER (WHERE c.hash IS DISTINCT FROM c.actual OR c.previous_hash IS DISTINCT FROM c.expected) AS broken,
      coalesce(max(c.id), 0) AS "lastId",
      h.last_id AS "headId",
      coalesce(bool_or(c.id = h.last_id AND c.hash = h.hash), h.last_id = 0) AS "tailKnown"
    FROM legible_audit_head h LEFT JOIN chain c ON true
    GROUP BY h.last_id, h.hash`);
  // Without the head nothing says where the log ends.
  if (found === undefined) return { entries: 0, intact: false, firstBrokenId: null };
  const { entries, broken, lastId, headId, tailKnown } = found;
  const tail = tailKnown ? null : lastId < headId ? lastId + 1 : lastId;
  const firstBrokenId = broken ?? tail;
  return { entries, intact: firstBrokenId === null, firstBrokenId };
}
