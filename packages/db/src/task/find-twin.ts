// An earlier task of the same person with the same files and the same options.
import type { Tx } from "../scopes.ts";

export type Twin = { id: number; taskId: string };

/**
 * The latest task of `userId` whose files have these SHA-256 (in order) and whose options are the same, apart from `not` (row id). Without
 * `engine` any that is not failed, cancelled or expired, completed ones first; with it only those that were completely read by that engine,
 * every page as the document.
 */
export async function findTwin(
  tx: Tx,
  {
    userId,
    hashes,
    options,
    not = 0,
    engine,
  }: {
    userId: number;
    hashes: readonly string[];
    options: object;
    not?: number;
    engine?: string;
  },
): Promise<Twin | undefined> {
  const wanted = engine ?? null;
  const [twin] = await tx.$queryRaw<Twin[]>`
    SELECT task.id, task.task_id AS "taskId"
    FROM tool_ocr_task_files AS file JOIN tool_ocr_tasks AS task ON task.id = file.task_id
    WHERE file.file_hash = ${hashes[0] ?? ""} AND file.position = 1
      AND task.user_id = ${userId} AND task.id <> ${not}
      AND task.deleted_at IS NULL AND NOT task.file_deleted
      AND task.status IN ('pending', 'processing', 'completed')
      AND task.options = ${JSON.stringify(options)}::jsonb
      AND ARRAY(
        SELECT other.file_hash::text FROM tool_ocr_task_files AS other WHERE other.task_id = task.id ORDER BY other.position
      ) = ${[...hashes]}::text[]
      AND (${wanted}::text IS NULL OR (
        task.status = 'completed' AND task.pages_failed = 0 AND task.engine = ${wanted}
        AND NOT EXISTS (SELECT FROM tool_ocr_task_pages AS page WHERE page.task_id = task.id AND page.options IS NOT NULL)
      ))
    ORDER BY task.status = 'completed' DESC, task.id DESC LIMIT 1`;
  return twin;
}
