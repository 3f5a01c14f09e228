// What the parent asks of a sandboxed child, and what it answers. Answers come from a process that reads hostile bytes:
// the parent validates each against its schema before it believes anything.
import { pageSchema, rotationSchema } from "@legible/shared/document";
import { failureCodeSchema } from "@legible/shared/failures";
import { mimeTypes } from "@legible/shared/file-type";
import { noteCodeSchema } from "@legible/shared/notes";
import { ocrModeSchema } from "@legible/shared/options";
import { readingReasonSchema } from "@legible/shared/reading-reason";
import { z } from "zod";

/** A file in the child's work folder; `name` is a bare file name made by the parent. */
const inputFileSchema = z.object({ name: z.string().regex(/^[a-z0-9.-]+$/u), mimeType: z.enum(mimeTypes) });

/** What will be done with a page: keep its text, recognise it, or nothing because it is blank. */
export const pageDecisionSchema = z.enum(["text", "ocr", "blank"]);
export type PageDecision = z.infer<typeof pageDecisionSchema>;

export const inspectRequestSchema = z.object({
  kind: z.literal("inspect"),
  file: inputFileSchema,
  password: z.string().optional(),
  mode: ocrModeSchema,
  maxPages: z.int().positive(),
  maxPixels: z.int().positive(),
  /** Pages before this one are decided already (a page can kill the child that looks at it). 0-based. */
  firstPage: z.int().nonnegative().default(0),
});

const decidedPageSchema = z.object({
  /** 0-based within the file. */
  index: z.int().nonnegative(),
  decision: pageDecisionSchema,
  /** Why, for the ledger. */
  reason: readingReasonSchema,
});
export type DecidedPage = z.infer<typeof decidedPageSchema>;

export const inspectAnswerSchema = z.object({ pages: z.array(decidedPageSchema) });

/** The pixels of a page that will be read, made and kept for the reading. */
const lookRequestSchema = z.object({
  kind: z.literal("look"),
  file: inputFileSchema,
  password: z.string().optional(),
  index: z.int().nonnegative(),
  maxPixels: z.int().positive(),
});

/** The same for pages that look the same to the last pixel. */
export const lookAnswerSchema = z.object({ pixels: z.string().regex(/^[0-9a-f]{64}$/u) });

/** Makes the pictures of a page for people. */
const previewRequestSchema = z.object({
  kind: z.literal("preview"),
  file: inputFileSchema,
  password: z.string().optional(),
  index: z.int().nonnegative(),
  /** Degrees clockwise to stand upright, as the page's tree says. */
  rotation: rotationSchema,
  maxPixels: z.int().positive(),
});

const outputName = z.string().regex(/^[a-z0-9.-]+$/u);
/** Bare names of JPEG files written into the work folder. */
export const previewAnswerSchema = z.object({ full: outputName, thumbnail: outputName });

/** Loads what a page in these languages will need. */
const warmRequestSchema = z.object({ kind: z.literal("warm"), languages: z.array(z.string()) });

export const warmAnswerSchema = z.object({});

export const readPageRequestSchema = z.object({
  kind: z.literal("readPage"),
  file: inputFileSchema,
  password: z.string().optional(),
  index: z.int().nonnegative(),
  /** 1-based within the document: ids of words and blocks are made from it. */
  number: z.int().positive(),
  decision: pageDecisionSchema,
  languages: z.array(z.string()),
  mode: ocrModeSchema,
  rotate: z.boolean(),
  deskew: z.boolean(),
  maxPixels: z.int().positive(),
  /** The page of the file that will be asked for next and needs pixels; 0-based. A guess that is wrong costs time only. */
  next: z.int().nonnegative().optional(),
  /** Words keep the engine's own confidence, for fitting pipeline/word-confidence.ts anew. */
  engineConfidence: z.boolean().optional(),
});

export const readPageAnswerSchema = z.object({
  page: pageSchema,
  /** Languages the engine used; empty when it was not needed. */
  languages: z.array(z.string()),
  /** Time inside the engine alone, ms; 0 when it was not needed. */
  engineMs: z.number().nonnegative(),
  /** For the ledger, where reading the page showed more than its inspection. */
  reason: readingReasonSchema.optional(),
});

export const assembleRequestSchema = z.object({
  kind: z.literal("assemble"),
  taskId: z.string(),
  createdAt: z.string(),
  /** In document order. `sha256`, `size` and `displayName` go into result.json. */
  files: z.array(
    inputFileSchema.extend({
      displayName: z.string(),
      size: z.int(),
      sha256: z.string(),
      password: z.string().optional(),
    }),
  ),
  /** One entry a page, in document order: the page's JSON file in the work folder, and where it stands in its file. */
  pages: z.array(z.object({ name: z.string(), filePosition: z.int().positive(), index: z.int().nonnegative() })),
  languages: z.array(z.string()),
  /** The searchable PDF is to be a PDF/A-2b. */
  pdfa: z.boolean().optional(),
});

/** Bare names of the files written into the work folder. */
export const assembleAnswerSchema = z.object({
  json: z.string(),
  markdown: z.string(),
  pdf: z.string(),
  txt: z.string(),
  hocr: z.string(),
  alto: z.string(),
  /** All of them, with a hole where the PDF belongs (render/bundle.ts); null when there is too much for one archive. */
  zip: z.string().nullable(),
  confidence: z.number().min(0).max(100).nullable(),
  notes: z.array(noteCodeSchema).max(noteCodeSchema.options.length),
});

export const requestSchema = z.discriminatedUnion("kind", [
  inspectRequestSchema,
  lookRequestSchema,
  previewRequestSchema,
  readPageRequestSchema,
  warmRequestSchema,
  assembleRequestSchema,
]);

export type InspectRequest = z.input<typeof inspectRequestSchema>;
export type InspectAnswer = z.infer<typeof inspectAnswerSchema>;
export type LookRequest = z.infer<typeof lookRequestSchema>;
export type LookAnswer = z.infer<typeof lookAnswerSchema>;
export type PreviewRequest = z.infer<typeof previewRequestSchema>;
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>;
export type WarmRequest = z.infer<typeof warmRequestSchema>;
export type ReadPageRequest = z.infer<typeof readPageRequestSchema>;
export type ReadPageAnswer = z.infer<typeof readPageAnswerSchema>;
export type AssembleRequest = z.infer<typeof assembleRequestSchema>;
export type AssembleAnswer = z.infer<typeof assembleAnswerSchema>;
export type Request = z.input<typeof requestSchema>;

/** News of a call that is not finished: the file is open, a page is decided, language data is being loaded or is loaded. */
export const noteSchema = z.union([
  z.object({ pageCount: z.int().nonnegative() }),
  z.object({ page: decidedPageSchema }),
  z.object({ languages: z.enum(["loading", "loaded"]) }),
]);
export type Note = z.infer<typeof noteSchema>;

/** One line on the channel, parent to child. */
export const callSchema = z.object({ id: z.int(), request: requestSchema });
/** One line on the channel, child to parent. `ready` is sent once, when the child can take its first call. */
export const replySchema = z.union([
  z.object({ ready: z.literal(true) }),
  /** The call goes on. What the child is about to do, so that the parent knows what killed it. */
  z.object({ id: z.int(), note: noteSchema }),
  /** `rss`: memory the process holds, bytes. */
  z.object({ id: z.int(), answer: z.unknown(), rss: z.int() }),
  /** `broken`: a decoder stopped half-way, so the process is not to be used again. */
  z.object({ id: z.int(), failure: failureCodeSchema, detail: z.string().max(500), broken: z.boolean(), rss: z.int() }),
]);
export type Reply = z.infer<typeof replySchema>;
