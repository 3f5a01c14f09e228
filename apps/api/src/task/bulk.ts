// One verb for many tasks, each in a transaction of its own and under the rules of that verb.
import { AppError } from "@legible/shared/errors";
import type { bulkInput, bulkOutput } from "@legible/shared/task";
import type { z } from "zod";
import type { SignedInContext } from "../context.ts";
import { cancelTask } from "./cancel.ts";
import { deleteTask } from "./delete.ts";
import { restoreTask } from "./restore.ts";
import { retryTask } from "./retry.ts";
import { startTask } from "./start.ts";

type Input = z.output<typeof bulkInput>;
type Output = z.output<typeof bulkOutput>;

const verbs: Record<Input["action"], (ctx: SignedInContext, input: { taskId: string }) => Promise<unknown>> = {
  start: startTask,
  cancel: cancelTask,
  retry: retryTask,
  delete: deleteTask,
  restore: restoreTask,
};

/** What is refused is told with its reason. @throws what is no refusal of one task: an error of the server. */
export async function bulkTasks(ctx: SignedInContext, { taskIds, action }: Input): Promise<Output> {
  const answer: Output = { changed: [], refused: [] };
  for (const taskId of new Set(taskIds)) {
    try {
      await verbs[action](ctx, { taskId });
      answer.changed.push(taskId);
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      answer.refused.push({ taskId, code: error.code, message: error.message });
    }
  }
  return answer;
}
