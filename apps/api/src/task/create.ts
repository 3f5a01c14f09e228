// A new task: its row, one row a file, and where the bytes go.
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { writeAudit } from "@legible/db/audit";
import type { Tx } from "@legible/db/scopes";
import { findTwin } from "@legible/db/task/find-twin";
import { AppError } from "@legible/shared/errors";
import { displayName } from "@legible/shared/file-name";
import type { createTaskInput, createTaskOutput } from "@legible/shared/task";
import type { z } from "zod";
import { auditFacts } from "../audit-facts.ts";
import type { SignedInContext } from "../context.ts";
import { chooseOptions } from "./options.ts";
import { assertMayCreate } from "./quota.ts";

type Input = z.output<typeof createTaskInput>;
type Output = z.output<typeof createTaskOutput>;

/**
 * @throws AppError INVALID_INPUT for an unknown language, TOO_LARGE, QUOTA_EXCEEDED, CONFLICT when the idempotency key named another
 * document.
 */
export async function createTask(ctx: SignedInContext, input: Input): Promise<Output> {
  const { limits, passwords, database } = ctx.deps;
  if (input.files.some((file) => file.size > limits.fileBytes)) throw new AppError("TOO_LARGE");
  if (input.files.length > limits.filesPerTask) throw new AppError("INVALID_INPUT");
  const options = await chooseOptions(ctx.deps, input.options);
  const names = input.files.map((file) => displayName(file.name));

  const { userId } = ctx.session;
  const hashes = input.files.map((file) => file.sha256).filter((hash) => hash !== undefined);

  const { taskId: created, duplicateOf } = await database.asUser(userId, async (tx) => {
    const known = await sameTask(tx, ctx, input.idempotencyKey, names, options);
    if (known !== undefined) return known;
    await assertMayCreate(
      tx,
      ctx,
      input.files.reduce((sum, file) => sum + file.size, 0),
    );
    const twin = hashes.length === names.length ? await findTwin(tx, { userId, hashes, options }) : undefined;
    const [task] = await tx.task.createManyAndReturn({
      data: [
        {
          userId,
          taskId: randomUUID(),
          filename: names[0] ?? displayName(""),
          options,
          autoStart: input.start,
          idempotencyKey: input.idempotencyKey ?? null,
          duplicateOf: twin?.taskId ?? null,
        },
      ],
      skipDuplicates: true,
    });
    if (task === undefined) {
      const winner = await sameTask(tx, ctx, input.idempotencyKey, names, options);
      if (winner === undefined) throw new AppError("CONFLICT");
      return winner;
    }
    await tx.taskFile.createMany({
      data: names.map((originalName, index) => ({ taskId: task.id, position: index + 1, originalName })),
    });
    await writeAudit(tx, {
      action: "task.created",
      outcome: "success",
      userId,
      object: task.taskId,
      details: { files: names.length },
      ...auditFacts(ctx),
    });
    return { taskId: task.taskId, duplicateOf: task.duplicateOf };
  });
  if (input.options?.password !== undefined) passwords.set(created, input.options.password);
  return {
    taskId: created,
    uploads: names.map((_, index) => ({
      position: index + 1,
      url: `/api/v2/tasks/${created}/files/${index + 1}`,
      method: "PUT",
    })),
    duplicateOf,
  };
}

/** The task that the caller made under the same key before. @throws AppError CONFLICT when it is another document. */
async function sameTask(
  tx: Tx,
  ctx: SignedInContext,
  idempotencyKey: string | undefined,
  names: string[],
  options: unknown,
) {
  if (idempotencyKey === undefined) return;
  const task = await tx.task.findFirst({
    where: { userId: ctx.session.userId, idempotencyKey, deletedAt: null },
    include: { files: { orderBy: { position: "asc" } } },
  });
  if (task === null) return;
  const sameFiles = isDeepStrictEqual(
    task.files.map((file) => file.originalName),
    names,
  );
  if (!sameFiles || !isDeepStrictEqual(task.options, options)) {
    throw new AppError("CONFLICT", "This idempotency key was used for another document.");
  }
  return { taskId: task.taskId, duplicateOf: task.duplicateOf };
}
