// Finds words in the recognised text of the caller's own documents. It reads the person's pages and nobody else's, along an index, and no
// more than a bounded number of them; docs/decisions/0021-search.md says why no index of words is asked.
import type { Prisma } from "@legible/db/generated/client";
import { sql } from "@legible/db/sql";
import { findFolded, foldedTerms } from "@legible/shared/folded-text";
import type { searchInput, searchOutput } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";

type Input = z.output<typeof searchInput>;
type Output = z.output<typeof searchOutput>;
type Found = { taskId: string; filename: string; page: number; text: string; matches: number };

/** Pages one search looks through, the newest documents first: about half a second of one core. */
export const maxPagesSearched = 20_000;
/** Characters shown before and after the first hit. */
const around = 80;

/** Every word of the query stands on the page. */
export async function searchTasks(ctx: SignedInContext, input: Input, bound = maxPagesSearched): Promise<Output> {
  const { page, pageSize } = input;
  const terms = foldedTerms(input.text);
  if (terms.length === 0) return { items: [], total: 0, page, pageSize, complete: true };
  const { userId } = ctx.session;
  const { rows, looked } = await ctx.deps.database.asUser(userId, async (tx) => {
    const matching = searchStatement(userId, terms, bound);
    const rows = await tx.$queryRaw<Found[]>`${matching} LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
    const [more] = await tx.$queryRaw<unknown[]>`
      SELECT FROM tool_ocr_page_texts WHERE user_id = ${userId} ORDER BY task_id DESC, number DESC LIMIT 1 OFFSET ${bound}`;
    const beyond = rows.length === 0 && page > 1;
    const first = beyond ? (await tx.$queryRaw<Found[]>`${matching} LIMIT 1`)[0] : rows[0];
    return { rows, looked: { total: first?.matches ?? 0, complete: more === undefined } };
  });
  return { items: rows.map((row) => toItem(row, terms)), ...looked, page, pageSize };
}

/** The matching pages, the newest document first. Exported for the test that reads its plan. */
export function searchStatement(userId: number, terms: readonly string[], bound: number): Prisma.Sql {
  const all = sql.join(
    terms.map((term) => sql.sql`strpos(newest.folded, ${term}) > 0`),
    " AND ",
  );
  return sql.sql`
    SELECT task.task_id AS "taskId", task.filename, newest.number AS page, newest.text,
      (count(*) OVER ())::int AS matches
    FROM (
      SELECT task_id, number, text, folded FROM tool_ocr_page_texts
      WHERE user_id = ${userId} ORDER BY task_id DESC, number DESC LIMIT ${bound}
    ) AS newest
    JOIN tool_ocr_tasks AS task ON task.id = newest.task_id AND task.user_id = ${userId} AND task.deleted_at IS NULL
    WHERE ${all}
    ORDER BY newest.task_id DESC, newest.number`;
}

function toItem({ taskId, filename, page, text }: Found, terms: readonly string[]): Output["items"][number] {
  const flat = text.replaceAll(/\s/gu, " ");
  const hits = findFolded(flat, terms);
  const [first = [0, 0]] = hits;
  const start = wholeCharacter(flat, Math.max(0, first[0] - around));
  const end = wholeCharacter(flat, Math.min(flat.length, first[1] + around));
  return {
    taskId,
    filename,
    page,
    snippet: flat.slice(start, end),
    hits: hits
      .filter(([from, to]) => from >= start && to <= end)
      .map(([from, to]): [number, number] => [from - start, to - start]),
  };
}

/** `at`, or the unit before it when it is in the middle of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
