// The words of a page as a search finds them. Written together with the page's row, in the same transaction.
import { foldText } from "@legible/shared/folded-text";
import { scrubText } from "@legible/shared/text";
import type { Tx } from "../scopes.ts";

/** Longest text kept of a page, UTF-16 units: a page of a telephone book has 15,000. */
const maxLength = 100_000;

/** Replaces what is known of page `number` of the task (by its row's id); an empty text removes it. */
export async function putPageText(
  tx: Tx,
  page: { task: number; userId: number; number: number; text: string },
): Promise<void> {
  const text = scrubText(page.text).slice(0, maxLength).toWellFormed();
  const place = { taskId: page.task, number: page.number };
  if (text.trim() === "") {
    await tx.pageText.deleteMany({ where: place });
    return;
  }
  const words = { text, folded: foldText(text) };
  await tx.pageText.upsert({
    where: { taskId_number: place },
    create: { ...place, userId: page.userId, ...words },
    update: words,
  });
}
