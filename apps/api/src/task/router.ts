// Documents, from upload to deletion.
import { doneOutput } from "@legible/shared/session";
import {
  correctInput,
  correctOutput,
  createTaskInput,
  createTaskOutput,
  listTasksInput,
  listTasksOutput,
  retryInput,
  taskPageInput,
  taskPageOutput,
  taskPagesOutput,
  taskRefInput,
  taskStatsOutput,
  taskViewSchema,
  watchAllInput,
  watchInput,
} from "@legible/shared/task";
import { router, signedIn } from "../trpc.ts";
import { cancelTask } from "./cancel.ts";
import { correctWord } from "./correct.ts";
import { createTask } from "./create.ts";
import { deleteTask } from "./delete.ts";
import { getTask } from "./get.ts";
import { listTasks } from "./list.ts";
import { getPage } from "./page.ts";
import { listPages } from "./pages.ts";
import { retryTask } from "./retry.ts";
import { startTask } from "./start.ts";
import { taskStats } from "./stats.ts";
import { watchTask } from "./watch.ts";
import { watchAllTasks } from "./watch-all.ts";

export const taskRouter = router({
  create: signedIn
    .input(createTaskInput)
    .output(createTaskOutput)
    .mutation(({ ctx, input }) => createTask(ctx, input)),
  start: signedIn
    .input(taskRefInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => startTask(ctx, input)),
  cancel: signedIn
    .input(taskRefInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => cancelTask(ctx, input)),
  retry: signedIn
    .input(retryInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => retryTask(ctx, input)),
  correct: signedIn
    .input(correctInput)
    .output(correctOutput)
    .mutation(({ ctx, input }) => correctWord(ctx, input)),
  delete: signedIn
    .input(taskRefInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => deleteTask(ctx, input)),
  get: signedIn
    .input(taskRefInput)
    .output(taskViewSchema)
    .query(({ ctx, input }) => getTask(ctx, input)),
  list: signedIn
    .input(listTasksInput)
    .output(listTasksOutput)
    .query(({ ctx, input }) => listTasks(ctx, input)),
  pages: signedIn
    .input(taskRefInput)
    .output(taskPagesOutput)
    .query(({ ctx, input }) => listPages(ctx, input)),
  page: signedIn
    .input(taskPageInput)
    .output(taskPageOutput)
    .query(({ ctx, input }) => getPage(ctx, input)),
  stats: signedIn.output(taskStatsOutput).query(({ ctx }) => taskStats(ctx)),
  watch: signedIn.input(watchInput).subscription(({ ctx, input, signal }) => watchTask(ctx, input, signal)),
  watchAll: signedIn.input(watchAllInput).subscription(({ ctx, signal }) => watchAllTasks(ctx, signal)),
});
