import type { Tx } from "../scopes.ts";

/**
 * The places (1 = next) of those of the given tasks (row ids) that were started and of which no page has been begun; the
 * others are left out. Counted over everybody's tasks, so it needs the system's scope. A guess: shares and priorities may
 * let a later one go first.
 */
export async function queuePositions(tx: Tx, taskIds: number[]): Promise<Map<number, number>> {
  if (taskIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: number; place: number }[]>`
    WITH waiting AS (
      SELECT task.id, row_number() OVER (ORDER BY coalesce(task.started_at, task.created_at), task.id)::int AS place
      FROM tool_ocr_tasks AS task
      WHERE task.status = 'processing' AND task.lease IS NULL AND NOT EXISTS (
        SELECT FROM tool_ocr_task_pages AS page WHERE page.task_id = task.id AND page.status <> 'waiting'
      )
    )
    SELECT id, place FROM waiting WHERE id = ANY(${taskIds}::int[])`;
  return new Map(rows.map(({ id, place }) => [id, place]));
}
