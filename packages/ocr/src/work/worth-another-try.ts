import type { FailureCode } from "@legible/shared/failures";

/** Failures that lie in the run rather than in the document: another try, in a fresh process, may end differently. */
export const worthAnotherTry: ReadonlySet<FailureCode> = new Set(["PAGE_TIMEOUT", "OUT_OF_MEMORY", "ENGINE_CRASHED"]);
