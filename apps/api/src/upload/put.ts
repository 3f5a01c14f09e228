// One file of a task: streamed, counted, hashed and looked at on its way into storage, then recorded. The last one starts the task.
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { findTwin } from "@legible/db/task/find-twin";
import { AppError } from "@legible/shared/errors";
import { failureTable } from "@legible/shared/failures";
import { type MimeType, sniffMimeType } from "@legible/shared/file-type";
import { ocrOptionsSchema } from "@legible/shared/options";
import type { uploadOutput } from "@legible/shared/task";
import { uploadKey, uploadPrefix } from "@legible/storage/keys";
import type { StoredObject } from "@legible/storage/storage";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { beginTask } from "../task/begin.ts";
import { assertMayStore } from "../task/quota.ts";
import { getTaskRow, type TaskRow } from "../task/row.ts";
import { readHead } from "./head.ts";

type Target = { taskId: string; position: number };

/**
 * Stores `body` as the file at `position`.
 * @throws AppError NOT_FOUND, CONFLICT (the task was started), UNSUPPORTED_TYPE, TOO_LARGE, QUOTA_EXCEEDED, STORAGE_FULL, INVALID_INPUT
 * (no bytes).
 */
export async function putFile(
  ctx: SignedInContext,
  target: Target,
  body: IncomingMessage,
): Promise<z.output<typeof uploadOutput>> {
  const { database, storage, limits } = ctx.deps;
  const declared = checkHeaders(body, limits.fileBytes);
  await database.asUser(ctx.session.userId, async (tx) => {
    const { file } = await findPlace(tx, target);
    await assertMayStore(tx, ctx, declared - (file.fileSize ?? 0));
  });
  await checkRoom(ctx, declared);

  const { head, whole } = await readHead(body);
  if (head.length === 0) {
    throw new AppError("INVALID_INPUT", failureTable.EMPTY_FILE.message, { details: { failure: "EMPTY_FILE" } });
  }
  const mimeType = sniffMimeType(head);
  if (mimeType === undefined) throw new AppError("UNSUPPORTED_TYPE");
  const upload = randomUUID();
  const key = uploadKey(target.taskId, target.position, upload);
  const stored = await storage.put(key, whole, { maxBytes: limits.fileBytes });
  try {
    const { replaced, ...answer } = await record(ctx, target, { ...stored, key, mimeType });
    if (replaced !== null) await storage.removePrefix(folderOf(replaced));
    return answer;
  } catch (error) {
    // Deleted or started while the bytes came in: nobody names this object.
    await storage.removePrefix(uploadPrefix(target.taskId, target.position, upload));
    throw error;
  }
}

/** Every upload has a prefix of its own: see uploadPrefix. */
function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}

/** Bytes the sender announces, 0 when it does not say. */
function checkHeaders(body: IncomingMessage, maxBytes: number): number {
  if (body.headers["content-encoding"] !== undefined) {
    throw new AppError("UNSUPPORTED_TYPE", "Send the file as it is, without Content-Encoding.");
  }
  const declared = Number(body.headers["content-length"] ?? 0);
  if (declared > maxBytes) throw new AppError("TOO_LARGE");
  return declared;
}

async function checkRoom(ctx: SignedInContext, bytes: number): Promise<void> {
  const free = await ctx.deps.storage.free();
  if (free !== undefined && free - bytes < ctx.deps.reserveBytes) throw new AppError("STORAGE_FULL");
}

async function findPlace(tx: Tx, target: Target) {
  const task = await getTaskRow(tx, target.taskId);
  const file = task.files.find((candidate) => candidate.position === target.position);
  if (file === undefined) throw new AppError("NOT_FOUND");
  if (task.status !== "pending") throw new AppError("CONFLICT", "The document is being read already.");
  return { task, file };
}

/** All files are here, so what the task repeats is known now, whatever its sender said before. */
async function noteDuplicate(tx: Tx, userId: number, task: TaskRow): Promise<string | null> {
  const hashes = task.files.map((file) => file.fileHash ?? "");
  const twin = await findTwin(tx, { userId, hashes, options: ocrOptionsSchema.parse(task.options), not: task.id });
  const duplicateOf = twin?.taskId ?? null;
  await tx.task.update({ where: { id: task.id }, data: { duplicateOf } });
  return duplicateOf;
}

type Stored = StoredObject & { key: string; mimeType: MimeType };

async function record(ctx: SignedInContext, target: Target, stored: Stored) {
  const { userId } = ctx.session;
  return ctx.deps.database.asUser(userId, async (tx) => {
    // Locks the task: of two files that arrive at once, the second sees the first and starts the task.
    const { count } = await tx.task.updateMany({
      where: { taskId: target.taskId, status: "pending", deletedAt: null },
      data: { revision: { increment: 1 }, ...(target.position === 1 ? { fileType: stored.mimeType } : {}) },
    });
    const { task, file } = await findPlace(tx, target);
    if (count === 0) throw new AppError("CONFLICT");
    await assertMayStore(tx, ctx, stored.size - (file.fileSize ?? 0));
    await tx.taskFile.update({
      where: { id: file.id },
      data: {
        storedPath: stored.key,
        fileSize: stored.size,
        fileHash: stored.sha256,
        mimeType: stored.mimeType,
        uploadedAt: new Date(),
      },
    });
    await writeAudit(tx, {
      action: "task.uploaded",
      outcome: "success",
      userId,
      object: target.taskId,
      details: { position: target.position, size: stored.size, sha256: stored.sha256 },
      ...auditFacts(ctx),
    });
    const missing = task.files.some((other) => other.id !== file.id && other.uploadedAt === null);
    const duplicateOf = missing ? null : await noteDuplicate(tx, userId, await getTaskRow(tx, target.taskId));
    if (task.autoStart && !missing) await beginTask(tx, ctx, await getTaskRow(tx, target.taskId));
    const { sha256, size, mimeType } = stored;
    return { fileId: file.id, sha256, size, mimeType, duplicateOf, replaced: file.storedPath };
  });
}
