// Fills a database with documents of many people, in SQL: a million takes about a minute. For measurements and for reading query plans.
import type { Client } from "pg";

export type Seed = {
  /** People to add; each gets `tasksEach` documents. */
  people: number;
  tasksEach: number;
};

/**
 * Adds people and their documents, one page of text each, spread over a year and mixed as they would have come in. `client` is the
 * owner's. Returns the ids of the people. Statistics are brought up to date.
 */
export async function seedTasks(client: Client, { people, tasksEach }: Seed): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO tool_ocr_users (email, display_name)
     SELECT gen_random_uuid() || '@example.org', 'Person ' || n FROM generate_series(1, $1::int) AS n RETURNING id`,
    [people],
  );
  const ids = rows.map((row) => row.id);
  // Nobody listens, and a million rings would only wait.
  await client.query("ALTER TABLE tool_ocr_tasks DISABLE TRIGGER ring");
  await client.query(
    `WITH added AS (
       INSERT INTO tool_ocr_tasks (user_id, task_id, filename, file_type, status, options, pages_total, pages_done,
         processing_time_ms, created_at, started_at, completed_at)
       SELECT ($1::int[])[1 + n % $2], gen_random_uuid(), 'Scan ' || n || CASE n % 3 WHEN 0 THEN ' Rechnung' ELSE ' 契約書' END || '.pdf',
         'application/pdf', CASE n % 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'cancelled' ELSE 'completed' END,
         '{"languages":["eng"],"mode":"auto","rotate":true,"deskew":true,"pdfa":false}', 1, 1, 3000 + n % 2000,
         began.at, began.at, began.at + interval '5 s'
       FROM generate_series(0, $2::int * $3::int - 1) AS n,
         LATERAL (SELECT now() - interval '1 year' + n * (interval '1 year' / ($2::int * $3::int)) AS at) AS began
       RETURNING id, user_id
     ), files AS (
       INSERT INTO tool_ocr_task_files (task_id, position, original_name, stored_path, file_size, mime_type, file_hash, uploaded_at)
       SELECT id, 1, 'scan.pdf', 'tasks/' || id, 250000, 'application/pdf', encode(sha256(id::text::bytea), 'hex'), now() FROM added
     ), pages AS (
       INSERT INTO tool_ocr_task_pages (task_id, attempt, number, file_position, page_index, decision, status, source, ms)
       SELECT id, 1, 1, 1, 0, 'ocr', 'done', 'ocr', 3000 FROM added
     )
     INSERT INTO tool_ocr_page_texts (task_id, user_id, number, text, folded)
     SELECT id, user_id, 1, words, lower(words)
     FROM added, LATERAL (SELECT repeat('Lieferung und Leistung Nr. ' || id || ' gemäß 契約 Summe 100,00 EUR. ', 20) AS words) AS text`,
    [ids, people, tasksEach],
  );
  await client.query("ALTER TABLE tool_ocr_tasks ENABLE TRIGGER ring");
  await client.query(
    "VACUUM (ANALYZE) tool_ocr_users, tool_ocr_tasks, tool_ocr_task_files, tool_ocr_task_pages, tool_ocr_page_texts",
  );
  return ids;
}
