// Documents, from upload to deletion.
import {
  bulkInput,
  bulkOutput,
  correctInput,
  correctOutput,
  createTaskInput,
  createTaskOutput,
  deleteOutput,
  listTasksInput,
  listTasksOutput,
  rerunPagesInput,
  retryInput,
  searchInput,
  searchOutput,
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
import { bulkTasks } from "./bulk.ts";
import { cancelTask } from "./cancel.ts";
import { correctWord } from "./correct.ts";
import { createTask } from "./create.ts";
import { deleteTask } from "./delete.ts";
import { getTask } from "./get.ts";
import { listTasks } from "./list.ts";
import { getPage } from "./page.ts";
import { listPages } from "./pages.ts";
import { rerunPages } from "./rerun-pages.ts";
import { restoreTask } from "./restore.ts";
import { retryTask } from "./retry.ts";
import { searchTasks } from "./search.ts";
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
  correct: writesTasks
    .input(correctInput)
    .output(correctOutput)
    .mutation(({ ctx, input }) => correctWord(ctx, input)),
  rerunPages: writesTasks
    .input(rerunPagesInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => rerunPages(ctx, input)),
  delete: writesTasks
    .input(taskRefInput)
    .output(deleteOutput)
    .mutation(({ ctx, input }) => deleteTask(ctx, input)),
  restore: writesTasks
    .input(taskRefInput)
    .output(taskViewSchema)
    .mutation(({ ctx, input }) => restoreTask(ctx, input)),
  bulk: writesTasks
    .input(bulkInput)
    .output(bulkOutput)
    .mutation(({ ctx, input }) => bulkTasks(ctx, input)),
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
  search: readsTasks
    .input(searchInput)
    .output(searchOutput)
    .query(({ ctx, input }) => searchTasks(ctx, input)),
  stats: readsTasks.output(taskStatsOutput).query(({ ctx }) => taskStats(ctx)),
  watch: readsTasks.input(watchInput).subscription(({ ctx, input, signal }) => watchTask(ctx, input, signal)),
  watchAll: readsTasks.input(watchAllInput).subscription(({ ctx, input, signal }) => watchAllTasks(ctx, input, signal)),
});
