// Results that a correction has made old. The task stays completed and its results stay there until the new ones take their place;
// the lease is the one that assembling uses, so a new attempt or a re-run ends it.
import { otherClock } from "../page/lease.ts";
import type { Tx } from "../scopes.ts";
import type { HeldTask, TaskRef } from "./lease.ts";
import type { MoveColumns } from "./move.ts";

/** What the claimed results have to hold, and what they take the place of. */
export type OldResults = {
  lease: string;
  corrections: number;
  resultJsonPath: string | null;
  uncorrectedJsonPath: string | null;
};

/** Takes a completed task whose results lack corrections for `leaseMs`. Undefined when there is none, or somebody else has it. */
export async function claimCorrections(
  tx: Tx,
  { task, attempt, leaseMs }: TaskRef & { leaseMs: number },
): Promise<OldResults | undefined> {
  const [claimed] = await tx.$queryRaw<OldResults[]>`
    UPDATE tool_ocr_tasks
    SET lease = gen_random_uuid(), lease_until = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
    WHERE id = ${task} AND attempt = ${attempt} AND status = 'completed' AND deleted_at IS NULL
      AND corrections > corrections_assembled AND (lease IS NULL OR lease_until < clock_timestamp()
        OR lease_until > clock_timestamp() + ${leaseMs * otherClock}::float8 * interval '1 millisecond')
    RETURNING lease::text, corrections, result_json_path AS "resultJsonPath", uncorrected_json_path AS "uncorrectedJsonPath"`;
  return claimed;
}

/**
 * Puts new results, or the reason why there are none, in the place of the old ones and lets the task go.
 * Undefined: the lease is lost and nothing was written; otherwise how many corrections have come since.
 */
export async function keepCorrected(
  tx: Tx,
  held: HeldTask & { corrections: number },
  set: MoveColumns,
): Promise<number | undefined> {
  const [kept] = await tx.task.updateManyAndReturn({
    where: { id: held.task, attempt: held.attempt, status: "completed", lease: held.lease },
    data: {
      ...set,
      correctionsAssembled: held.corrections,
      revision: { increment: 1 },
      lease: null,
      leaseUntil: null,
    },
  });
  return kept === undefined ? undefined : kept.corrections - held.corrections;
}
