// Correcting a word. The page's tree is written anew beside the old one and takes its place if nobody was quicker; the results follow
// by a job, which makes all formats from the trees.
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { writeAudit } from "@legible/db/audit";
import { assembleJob } from "@legible/db/jobs";
import { putPageText } from "@legible/db/page/text";
import { correctedPage } from "@legible/ocr/render/corrected-page";
import { countDoubtfulWords } from "@legible/ocr/render/doubtful-words";
import { pageText } from "@legible/ocr/render/json";
import { type Page, pageSchema } from "@legible/shared/document";
import { AppError } from "@legible/shared/errors";
import type { correctInput, correctOutput } from "@legible/shared/task";
import { scrubText } from "@legible/shared/text";
import { pageKey } from "@legible/storage/keys";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { getTask } from "./get.ts";
import { getTaskRow } from "./row.ts";

type Input = z.output<typeof correctInput>;
/** Two people, or two tabs, may correct one page at a time: whoever comes second builds on what the first wrote. */
const maxTries = 3;

/** @throws AppError NOT_FOUND, CONFLICT when the document is not completed, INVALID_INPUT for a text without anything visible. */
export async function correctWord(ctx: SignedInContext, input: Input): Promise<z.output<typeof correctOutput>> {
  const wanted = scrubText(input.text).replace(/\s+/gu, " ").trim();
  if (wanted === "") throw new AppError("INVALID_INPUT", undefined, { details: { fields: ["text"] } });
  for (let tries = 1; tries <= maxTries; tries++) {
    const page = await tryToCorrect(ctx, { ...input, text: wanted });
    if (page !== undefined) return { page, task: await getTask(ctx, { taskId: input.taskId }) };
  }
  throw new AppError("CONFLICT");
}

/** The page with the correction; undefined when its tree was replaced meanwhile. */
async function tryToCorrect(ctx: SignedInContext, input: Input): Promise<Page | undefined> {
  const { userId } = ctx.session;
  const { database, storage } = ctx.deps;
  const { task, row } = await database.asUser(userId, async (tx) => {
    const task = await getTaskRow(tx, input.taskId);
    return { task, row: await tx.taskPage.findFirst({ where: { taskId: task.id, number: input.page } }) };
  });
  if (row === null) throw new AppError("NOT_FOUND");
  if (task.status !== "completed") throw new AppError("CONFLICT", "The document is not completely read yet.");
  if (row.resultPath === null) throw new AppError("NOT_FOUND");
  const before = pageSchema.parse(JSON.parse(await text((await storage.get(row.resultPath)).body)));
  const correction = { wordId: input.wordId, text: input.text, by: userId, at: new Date().toISOString() };
  const page = correctedPage(before, correction);
  if (page === undefined) throw new AppError("NOT_FOUND");
  const path = pageKey(task.taskId, task.attempt, row.number, randomUUID());
  const { sha256 } = await storage.put(path, oneChunk(Buffer.from(JSON.stringify(page))));
  const kept = await database
    .asUser(userId, async (tx) => {
      // The task's row first, as every writer takes it: no correction falls between a claim and what it reads.
      const { count: open } = await tx.task.updateMany({
        where: { id: task.id, attempt: task.attempt, status: "completed", deletedAt: null },
        data: { corrections: { increment: 1 }, revision: { increment: 1 } },
      });
      if (open !== 1) throw new AppError("CONFLICT");
      const { count } = await tx.taskPage.updateMany({
        where: { id: row.id, resultPath: row.resultPath },
        data: {
          resultPath: path,
          resultHash: sha256,
          confidence: page.confidence,
          lowConfidenceWords: countDoubtfulWords(page),
        },
      });
      if (count !== 1) throw new Replaced();
      await putPageText(tx, { task: task.id, userId, number: row.number, text: pageText(page) });
      await database.queue.send(tx, assembleJob, { task: task.id, attempt: task.attempt }, { userId });
      await writeAudit(tx, {
        action: "task.corrected",
        outcome: "success",
        userId,
        object: task.taskId,
        details: { page: row.number, word: input.wordId },
        ...auditFacts(ctx),
      });
      return true;
    })
    .catch(async (error: unknown) => {
      await storage.remove(path);
      if (error instanceof Replaced) return false;
      throw error;
    });
  return kept ? page : undefined;
}

/** Ends the transaction, so that nothing of it is written. */
class Replaced extends Error {}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
