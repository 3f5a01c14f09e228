// Schemas of the task procedures.
import { z } from "zod";
import { confidenceSchema, pageSchema, pageSourceSchema, rotationSchema } from "./document.ts";
import { errorCodeSchema } from "./errors.ts";
import { failureCodeSchema, failureSchema } from "./failures.ts";
import { pageNumberSchema, taskIdSchema } from "./ids.ts";
import { instantSchema } from "./instant.ts";
import { defaultLimits } from "./limits.ts";
import { noteSchema } from "./notes.ts";
import { languageSchema, ocrOptionsInputSchema, ocrOptionsSchema, pageRangesSchema } from "./options.ts";
import { pagedSchema, pagingInputSchema } from "./paging.ts";
import { reasonCodeSchema } from "./reading-reason.ts";
import { taskStatusSchema } from "./status.ts";
import { typedLine } from "./typed-line.ts";

const time = z.iso.datetime();

export const taskRefInput = z.strictObject({ taskId: taskIdSchema });

export const createTaskInput = z.strictObject({
  files: z
    .array(
      z.strictObject({
        name: z.string().max(20_000),
        size: z.int().nonnegative(),
        /** Of the bytes, when the caller knows it: then the answer can name an earlier document of the same content. */
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/u)
          .optional(),
      }),
    )
    .min(1)
    .max(defaultLimits.filesPerTask),
  options: ocrOptionsInputSchema.optional(),
  /** Start when the last file has arrived. */
  start: z.boolean().default(true),
  idempotencyKey: typedLine(1, 200).optional(),
});
export const createTaskOutput = z.object({
  taskId: taskIdSchema,
  uploads: z.array(z.object({ position: z.int().positive(), url: z.string(), method: z.literal("PUT") })),
  duplicateOf: taskIdSchema.nullable(),
});

export const uploadOutput = z.object({
  fileId: z.int(),
  sha256: z.string(),
  size: z.int(),
  mimeType: z.string(),
  /** With the last file: an earlier task of the caller's with the same content and options. */
  duplicateOf: taskIdSchema.nullable(),
});

export const taskFileSchema = z.object({
  position: z.int().positive(),
  name: z.string(),
  size: z.int().nonnegative().nullable(),
  mimeType: z.string().nullable(),
  sha256: z.string().nullable(),
  uploaded: z.boolean(),
});

/** A task as everybody sees it: get, list and watch answer with the same shape. */
export const taskViewSchema = z.object({
  taskId: taskIdSchema,
  filename: z.string(),
  fileType: z.string().nullable(),
  status: taskStatusSchema,
  /** Null until the file has been opened. */
  pagesTotal: z.int().nonnegative().nullable(),
  pagesDone: z.int().nonnegative(),
  pagesFailed: z.int().nonnegative(),
  /** 1 = next; null when not waiting. */
  queuePosition: z.int().positive().nullable(),
  /** Guess from what pages took of late: ms until the result; null when there is nothing to go by. */
  estimatedMs: z.int().nonnegative().nullable(),
  confidence: confidenceSchema.nullable(),
  processingTimeMs: z.int().nonnegative().nullable(),
  error: failureSchema.nullable(),
  /** What is worth knowing about the results. */
  notes: z.array(noteSchema),
  createdAt: time,
  startedAt: time.nullable(),
  completedAt: time.nullable(),
  /** When the files go, as the installation is set now. */
  expiresAt: time.nullable(),
  fileDeleted: z.boolean(),
  /** An earlier task of the same content and options; it may have been deleted since. */
  duplicateOf: taskIdSchema.nullable(),
  /** Words corrected since the document was read. */
  corrections: z.int().nonnegative(),
  /** False while results with the latest corrections are being made; downloads give those before until then. */
  resultsCurrent: z.boolean(),
  options: ocrOptionsSchema,
  /** Grows with every change of the task: the id of live events. */
  revision: z.int().nonnegative(),
  files: z.array(taskFileSchema),
});
export type TaskView = z.infer<typeof taskViewSchema>;

export const listTasksInput = pagingInputSchema.extend({
  status: z.array(taskStatusSchema).max(5).optional(),
  filename: typedLine(0, 200).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  sort: z.enum(["createdAt", "completedAt", "filename", "status", "pages"]).default("createdAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
export const listTasksOutput = pagedSchema(taskViewSchema);

export const ledgerRowSchema = z.object({
  number: z.int().positive(),
  /** Null while the page waits or is being read. */
  source: pageSourceSchema.nullable(),
  /** True while the page waits to be read again, or is: all else tells of the reading before, which stays until then. */
  readingAgain: z.boolean(),
  /** Why it was read as it was: one English sentence. */
  reason: z.string().nullable(),
  /** The same for programs and other languages (readingReasonSchema); null where an earlier version kept the sentence only. */
  reasonCode: reasonCodeSchema.nullable(),
  reasonParams: z.record(z.string(), z.union([z.int(), z.string(), z.array(languageSchema)])).nullable(),
  rotation: rotationSchema,
  rotationConfidence: z.number().nullable(),
  dpi: z.number().nullable(),
  /** Size as displayed, px; null until the page has been read. */
  width: z.number().positive().nullable(),
  height: z.number().positive().nullable(),
  languages: z.array(languageSchema),
  confidence: confidenceSchema.nullable(),
  lowConfidenceWords: z.int().nonnegative(),
  ms: z.int().nonnegative().nullable(),
  error: z.object({ code: failureCodeSchema, message: z.string() }).nullable(),
});
export const taskPagesOutput = z.array(ledgerRowSchema);

export const taskPageInput = z.strictObject({ taskId: taskIdSchema, number: pageNumberSchema });
export const taskPageOutput = pageSchema;

export const taskStatsOutput = z.object({
  total: z.int(),
  pending: z.int(),
  processing: z.int(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  pages: z.int(),
  averageProcessingMs: z.number().nullable(),
});

/** Pages on which all words of `text` stand, whatever their case, width or line breaks. */
export const searchInput = pagingInputSchema.extend({ text: typedLine(1, 200) });
export const searchOutput = pagedSchema(
  z.object({
    taskId: taskIdSchema,
    filename: z.string(),
    page: z.int().positive(),
    snippet: z.string(),
    /** Ranges of UTF-16 units of `snippet` that were searched for: [start, end). */
    hits: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])),
  }),
).extend({
  /** False when the person has more pages than one search looks through: the oldest were left out. */
  complete: z.boolean(),
});

export const retryInput = z.strictObject({
  taskId: taskIdSchema,
  /**
   * Read everything again, or only what is not read: the pages that failed or were never reached. When it is left out: "failed" if there
   * are such pages and no options are given, else "all".
   */
  pages: z.enum(["all", "failed"]).optional(),
  options: ocrOptionsInputSchema.optional(),
});
export const rerunPagesInput = z.strictObject({
  taskId: taskIdSchema,
  pages: pageRangesSchema,
  options: ocrOptionsInputSchema,
});
export const correctInput = z.strictObject({
  taskId: taskIdSchema,
  page: pageNumberSchema,
  wordId: z.string().min(1).max(40),
  /** What stands there. The text as it was read confirms the word. */
  text: z.string().min(1).max(500),
});
/** The page after the correction, and the task with its new revision. */
export const correctOutput = z.object({ page: pageSchema, task: taskViewSchema });
export const bulkInput = z.strictObject({
  taskIds: z.array(taskIdSchema).min(1).max(200),
  action: z.enum(["start", "cancel", "retry", "delete", "restore"]),
});
/** Each task by itself: what was refused does not hold up the rest. */
export const bulkOutput = z.object({
  changed: z.array(taskIdSchema),
  refused: z.array(z.object({ taskId: taskIdSchema, code: errorCodeSchema, message: z.string() })),
});

/** A deletion can be undone until `until`. */
export const deleteOutput = z.object({ done: z.literal(true), until: time });

/** Live events carry the whole view; `lastEventId` resumes after a lost connection. */
export const watchInput = z.strictObject({ taskId: taskIdSchema, lastEventId: z.string().max(40).nullish() });
export const watchAllInput = z.strictObject({ lastEventId: z.string().max(40).nullish() });
export const watchAllEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("task"), task: taskViewSchema }),
  z.object({ kind: z.literal("removed"), taskId: taskIdSchema }),
]);
