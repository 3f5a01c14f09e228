// A page that could not be read still stands in the results, empty and with its reason: nothing is left out silently.
import type { Page } from "@legible/shared/document";
import { type FailureCode, failureTable } from "@legible/shared/failures";

/** Size taken for a page that was never opened: A4 at 300 dpi. */
const a4 = { width: 2480, height: 3508, dpi: 300 };

/** The tree of a page that failed with `code`; its size in px is the row's where that is known. */
export function failedPage(
  row: { number: number; width: number | null; height: number | null; dpi: number | null },
  code: FailureCode,
): Page {
  return {
    number: row.number,
    width: row.width ?? a4.width,
    height: row.height ?? a4.height,
    unit: "px",
    dpi: row.dpi ?? a4.dpi,
    source: "failed",
    rotation: 0,
    rotationConfidence: null,
    deskewDegrees: 0,
    confidence: null,
    error: { code, message: failureTable[code].message },
    blocks: [],
  };
}
