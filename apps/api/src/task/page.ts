// One page's tree, as soon as that page is done.
import { text } from "node:stream/consumers";
import { type Page, pageSchema } from "@legible/shared/document";
import { AppError } from "@legible/shared/errors";
import type { SignedInContext } from "../context.ts";
import { getTaskRow } from "./row.ts";

/** @throws AppError NOT_FOUND, CONFLICT while the page waits, is being read, or when it failed. */
export async function getPage(ctx: SignedInContext, input: { taskId: string; number: number }): Promise<Page> {
  const row = await ctx.deps.database.asUser(ctx.session.userId, async (tx) => {
    const { id, fileDeleted } = await getTaskRow(tx, input.taskId);
    if (fileDeleted) throw new AppError("NOT_FOUND", "The results of this document have expired.");
    return tx.taskPage.findFirst({ where: { taskId: id, number: input.number } });
  });
  if (row === null) throw new AppError("NOT_FOUND");
  if (row.resultPath === null) {
    throw new AppError(
      "CONFLICT",
      row.status === "failed" ? "This page could not be read." : "This page is not read yet.",
    );
  }
  const { body } = await ctx.deps.storage.get(row.resultPath);
  return pageSchema.parse(JSON.parse(await text(body)));
}
