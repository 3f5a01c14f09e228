// Documents, from upload to deletion.
import { doneOutput } from "@legible/shared/session";
import {
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
import { readsTasks, router, writesTasks } from "../trpc.ts";
import { cancelTask } from "./cancel.ts";
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
  create: writesTasks
    .input(createTaskInput)
    .output(createTaskOutput)
    .mutation(({ ctx, input }) => createTask(ctx, input)),
  start: writesTasks
    .input(taskRefInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => startTask(ctx, input)),
  cancel: writesTasks
    .input(taskRefInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => cancelTask(ctx, input)),
  retry: writesTasks
    .input(retryInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => retryTask(ctx, input)),
  delete: writesTasks
    .input(taskRefInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => deleteTask(ctx, input)),
  get: readsTasks
    .input(taskRefInput)
    .output(taskViewSchema)
    .query(({ ctx, input }) => getTask(ctx, input)),
  list: readsTasks
    .input(listTasksInput)
    .output(listTasksOutput)
    .query(({ ctx, input }) => listTasks(ctx, input)),
  pages: readsTasks
    .input(taskRefInput)
    .output(taskPagesOutput)
    .query(({ ctx, input }) => listPages(ctx, input)),
  page: readsTasks
    .input(taskPageInput)
    .output(taskPageOutput)
    .query(({ ctx, input }) => getPage(ctx, input)),
  stats: readsTasks.output(taskStatsOutput).query(({ ctx }) => taskStats(ctx)),
  watch: readsTasks.input(watchInput).subscription(({ ctx, input, signal }) => watchTask(ctx, input, signal)),
  watchAll: readsTasks.input(watchAllInput).subscription(({ ctx, signal }) => watchAllTasks(ctx, signal)),
});
