import type { LedgerRow } from "../../api/answers.ts";

/** Wide enough for a thumbnail on a fine screen, px; the server keeps one of this width. */
const thumbnailWidth = 240;

/** Where the picture of a page is. The turn is named so that a page read again the other way up is fetched anew. */
export function previewUrl(taskId: string, { number, rotation }: LedgerRow, size: "full" | "thumbnail"): string {
  const width = size === "thumbnail" ? `&width=${thumbnailWidth}` : "";
  return `/api/v2/tasks/${taskId}/pages/${number}/preview?turned=${rotation}${width}`;
}
