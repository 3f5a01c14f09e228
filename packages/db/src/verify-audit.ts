// Whether the audit log is the one that was written: every entry as it was, none missing, none moved.
import { Prisma } from "./generated/client.ts";
import type { Tx } from "./scopes.ts";

/** What the first entry names as the hash before it. */
const genesis = "0".repeat(64);
/** Below every number that an entry can have. */
const beforeAll = -2_147_483_648;
/** Entries hashed in one scope: some 200 ms, far from its limit. */
const atOnce = 10_000;

/** Opens a scope that reads the log, runs the work in it and closes it. */
type OpenScope = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type Verdict = { entries: number; intact: boolean; firstBrokenId: number | null };
type Place = { id: number; hash: string };
type Batch = {
  entries: number;
  broken: number | null;
  lastId: number | null;
  lastHash: string | null;
  headId: number;
  headHash: string;
};

/**
 * Follows the chain from the first entry to the head, `batch` entries a scope. `firstBrokenId` is the first entry that was changed, moved,
 * was added behind the head, or follows one that is gone; when the end was cut off, the number of the first entry that is missing. Entries
 * that are written meanwhile are followed, too.
 */
export async function verifyAudit(scope: OpenScope, batch: number = atOnce): Promise<Verdict> {
  let entries = 0;
  let broken: number | null = null;
  let place: Place = { id: beforeAll, hash: genesis };
  for (;;) {
    const from = place;
    const found = await scope((tx) => verifyBatch(tx, from, batch));
    // Without the head nothing says where the log ends.
    if (found === undefined) return { entries, intact: false, firstBrokenId: broken };
    entries += found.entries;
    broken ??= found.broken;
    if (found.lastId !== null) place = { id: found.lastId, hash: found.lastHash ?? "" };
    if (found.entries === batch) continue;
    const firstBrokenId = broken ?? brokenEnd(entries === 0 ? { id: 0, hash: place.hash } : place, found);
    return { entries, intact: firstBrokenId === null, firstBrokenId };
  }
}

/** The last batch and the head come from one statement, and so from one moment. */
function brokenEnd(last: Place, { headId, headHash }: Batch): number | null {
  if (last.id < headId) return last.id + 1;
  if (last.id > headId) return headId + 1;
  return last.hash === headHash ? null : last.id;
}

async function verifyBatch(tx: Tx, after: Place, batch: number): Promise<Batch | undefined> {
  const [found] = await tx.$queryRaw<Batch[]>(Prisma.sql`
    WITH entries AS (
      SELECT l AS entry, l.id, l.hash, l.previous_hash FROM tool_ocr_audit_logs l WHERE l.id > ${after.id}::int ORDER BY l.id LIMIT ${batch}
    ), chain AS (
      SELECT id, hash, previous_hash, legible_audit_hash(entry) AS actual, lag(hash, 1, ${after.hash}) OVER (ORDER BY id) AS expected
      FROM entries
    ), seen AS (
      SELECT count(*)::int AS entries, max(id) AS last_id, (array_agg(hash ORDER BY id DESC))[1] AS last_hash,
        min(id) FILTER (WHERE hash IS DISTINCT FROM actual OR previous_hash IS DISTINCT FROM expected) AS broken
      FROM chain
    )
    SELECT s.entries, s.broken, s.last_id AS "lastId", s.last_hash AS "lastHash", h.last_id AS "headId", h.hash AS "headHash"
    FROM legible_audit_head h CROSS JOIN seen s`);
  return found;
}
