// Every object that the rows of a task name.
import type { Tx } from "@legible/db/scopes";
import type { Loss } from "./repair-task.ts";

export type Named = {
  keys: Loss[];
  /** The task is being read or deleted. */
  busy: boolean;
  /** True for a result that lies beside those that the row names. */
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
  const folders = new Set(results.map((key) => key.slice(0, key.lastIndexOf("/") + 1)));
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
    beside: (key) => folders.has(key.slice(0, key.lastIndexOf("/") + 1)),
  };
}
