// Every object that the rows of a task name.
import type { Tx } from "@legible/db/scopes";
import { pagePrefix } from "@legible/storage/keys";
import type { Loss } from "./repair-task.ts";

export type Named = {
  keys: Loss[];
  /** The task is being read or deleted. */
  busy: boolean;
  /** True for a result that lies beside those that the row names, and for a picture of a page of this attempt. */
  beside(key: string): boolean;
};

/** Undefined when the task (row id) is gone. The scope must see its files and pages. */
export async function namedKeys(tx: Tx, id: number): Promise<Named | undefined> {
  const task = await tx.task.findUnique({
    where: { id },
    include: {
      files: { select: { position: true, storedPath: true } },
      pages: { select: { number: true, resultPath: true, status: true } },
    },
  });
  if (task === null) return undefined;
  const results = [task.resultJsonPath, task.resultMarkdownPath, task.resultPdfPath].filter((key) => key !== null);
  // The results without corrections are kept beside, and lost without harm to the others.
  const kept = task.uncorrectedJsonPath === null ? results : [...results, task.uncorrectedJsonPath];
  const folders = new Set(kept.map(folderOf));
  const pictures = pagePrefix(task.taskId, task.attempt);
  const keys: Loss[] = results.map((key) => ({ kind: "result", key }));
  for (const { storedPath, position } of task.files) {
    if (storedPath !== null) keys.push({ kind: "upload", key: storedPath, number: position });
  }
  for (const { resultPath, number } of task.pages) {
    if (resultPath !== null) keys.push({ kind: "page", key: resultPath, number });
  }
  return {
    keys,
    busy: task.status === "processing" || task.deletedAt !== null,
    beside: (key) => folders.has(folderOf(key)) || (key.startsWith(pictures) && key.endsWith(".jpg")),
  };
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}
