// What can be wrong with a document or a page. A failure is a result (it stands on the task), never a failed request.
import { z } from "zod";

export const failureCodeSchema = z.enum([
  "ENCRYPTED_PDF",
  "WRONG_PASSWORD",
  "DAMAGED_FILE",
  "EMPTY_FILE",
  "NO_PAGES",
  "TOO_MANY_PAGES",
  "TOO_MANY_PIXELS",
  "UNSUPPORTED_CONTENT",
  "PAGE_TIMEOUT",
  "OUT_OF_MEMORY",
  "ENGINE_CRASHED",
  "LANGUAGE_MISSING",
  "CANCELLED",
  "NOT_STARTED",
]);
export type FailureCode = z.infer<typeof failureCodeSchema>;

/** For each failure: what happened, what the person can do, and whether doing the same again can help. */
export const failureTable: Record<FailureCode, { message: string; nextStep: string; retryHelps: boolean }> = {
  ENCRYPTED_PDF: {
    message: "This PDF is protected by a password.",
    nextStep: "Upload it again with its password, or save a copy without one.",
    retryHelps: false,
  },
  WRONG_PASSWORD: {
    message: "The password does not open this PDF.",
    nextStep: "Upload it again with the right password.",
    retryHelps: false,
  },
  DAMAGED_FILE: {
    message: "The file is damaged and cannot be opened.",
    nextStep: "Open it on your computer; if it opens there, save or print it to a new PDF and upload that.",
    retryHelps: false,
  },
  EMPTY_FILE: {
    message: "The file is empty.",
    nextStep: "Check that it was saved or scanned completely, then upload it again.",
    retryHelps: false,
  },
  NO_PAGES: {
    message: "The document has no pages, or none of the pages asked for.",
    nextStep: "Check the page range, or save the document again.",
    retryHelps: false,
  },
  TOO_MANY_PAGES: {
    message: "The document has more pages than this installation reads at once.",
    nextStep: "Split it, or choose a page range.",
    retryHelps: false,
  },
  TOO_MANY_PIXELS: {
    message: "The picture is larger than this installation can read.",
    nextStep: "Scan it at a lower resolution (300 dpi is enough) and upload it again.",
    retryHelps: false,
  },
  UNSUPPORTED_CONTENT: {
    message: "The file holds something that cannot be read as pages.",
    nextStep: "Save it as PDF, PNG or JPEG and upload that.",
    retryHelps: false,
  },
  PAGE_TIMEOUT: {
    message: "Reading the page took too long.",
    nextStep: "Try again; if it fails again, scan the page at a lower resolution.",
    retryHelps: true,
  },
  OUT_OF_MEMORY: {
    message: "Reading the page needed more memory than it may use.",
    nextStep: "Scan the page at a lower resolution, or save the PDF again in a simpler form.",
    retryHelps: false,
  },
  ENGINE_CRASHED: {
    message: "The recognition engine stopped while reading the page.",
    nextStep: "Try again; if it fails again, report the page to an administrator.",
    retryHelps: true,
  },
  LANGUAGE_MISSING: {
    message: "A language that was asked for is not installed here, or its data file is damaged.",
    nextStep: "Choose an installed language, or ask an administrator to add the data file.",
    retryHelps: false,
  },
  CANCELLED: {
    message: "Reading was cancelled.",
    nextStep: "Press retry to read it after all.",
    retryHelps: true,
  },
  NOT_STARTED: {
    message: "Reading was not started within a day, so the uploaded file was removed.",
    nextStep: "Upload it again and start it.",
    retryHelps: false,
  },
};

export const failureSchema = z.object({
  code: failureCodeSchema,
  message: z.string(),
  page: z.int().positive().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** Thrown inside the pipeline when a document or one of its pages cannot be read. */
export class FailureError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, options?: { cause?: unknown }) {
    super(failureTable[code].message, options);
    this.name = "FailureError";
    this.code = code;
  }
}
