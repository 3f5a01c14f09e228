import type { ResultFormat } from "@legible/shared/result-format";

/** Where a result is; plain HTTP, so that a link can save it without a script holding it in memory. */
export function downloadUrl(taskId: string, format: ResultFormat): string {
  return `/api/v2/tasks/${encodeURIComponent(taskId)}/download/${format}`;
}
