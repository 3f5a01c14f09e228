// The neutral tree that recognition yields and every renderer reads; as JSON it is result.json, version 1.
// Boxes are [x0, y0, x1, y1] in pixels of the page as displayed (after rotation), origin top-left; confidence is 0–100.
import { z } from "zod";
import { failureCodeSchema } from "./failures.ts";
import { linkSchema } from "./link.ts";
import { languageSchema } from "./options.ts";

export const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof boxSchema>;

export const confidenceSchema = z.number().min(0).max(100);

export const wordSchema = z.object({
  /** Unique within the document: p<page>w<n>. */
  id: z.string(),
  text: z.string(),
  bbox: boxSchema,
  confidence: confidenceSchema,
  /** Where the word leads, in a PDF with links. */
  href: linkSchema.optional(),
  /** Characters `from` to `to` (not included) of the text are the raised mark of a note. */
  mark: z.object({ from: z.int().nonnegative(), to: z.int().positive() }).optional(),
  /** Set on a word that a person has corrected or confirmed, whose confidence is 100 then: what was read, and who changed it when. */
  original: z
    .object({
      text: z.string(),
      confidence: confidenceSchema,
      correctedAt: z.iso.datetime(),
      correctedBy: z.int(),
    })
    .optional(),
});
export type Word = z.infer<typeof wordSchema>;

export const lineSchema = z.object({
  bbox: boxSchema,
  /** Left and right end of the line the letters stand on: [x0, y0, x1, y1]. */
  baseline: boxSchema,
  words: z.array(wordSchema),
});
export type Line = z.infer<typeof lineSchema>;

export const blockTypeSchema = z.enum([
  "heading",
  "paragraph",
  "list-item",
  "table",
  "caption",
  "header",
  "footer",
  "figure",
]);

export const tableSchema = z.object({
  rows: z.int().positive(),
  columns: z.int().positive(),
  cells: z.array(
    z.object({
      row: z.int().nonnegative(),
      column: z.int().nonnegative(),
      rowSpan: z.int().positive(),
      columnSpan: z.int().positive(),
      text: z.string(),
      bbox: boxSchema,
      wordIds: z.array(z.string()),
    }),
  ),
});

export const blockSchema = z.object({
  /** Unique within the document: p<page>b<n>. */
  id: z.string(),
  type: blockTypeSchema,
  /** Heading level 1–6, or nesting depth of a list item, 1-based. */
  level: z.int().min(1).max(6).optional(),
  /** Set on a paragraph that is a listing: its lines and the white space in them mean something. */
  code: z.literal(true).optional(),
  /** Set on a paragraph that is a note at the foot of its page: the mark that leads to it. */
  footnote: z.string().min(1).max(3).optional(),
  bbox: boxSchema,
  confidence: confidenceSchema,
  /** Set where a block was read from a picture on a page that kept its own text. */
  source: z.literal("ocr").optional(),
  lines: z.array(lineSchema),
  table: tableSchema.optional(),
});
export type Block = z.infer<typeof blockSchema>;

export const pageSourceSchema = z.enum(["ocr", "text", "blank", "failed"]);
export type PageSource = z.infer<typeof pageSourceSchema>;

export const rotationSchema = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);
export type Rotation = z.infer<typeof rotationSchema>;

export const pageSchema = z.object({
  /** 1-based within the document. */
  number: z.int().positive(),
  width: z.number().positive(),
  height: z.number().positive(),
  unit: z.literal("px"),
  /** Pixels per inch of width, height and boxes. */
  dpi: z.number().positive(),
  source: pageSourceSchema,
  /** Degrees clockwise by which the stored page was turned to stand upright. */
  rotation: rotationSchema,
  /** Mean confidence with which the words were read this way up, 0–100; null when no way was sought or nothing was read. */
  rotationConfidence: z.number().nonnegative().nullable(),
  /** Degrees clockwise by which the upright page was turned, for recognition only, so that its lines were level. */
  deskewDegrees: z.number(),
  /** Mean confidence of the words, weighted by their length; null without words. */
  confidence: confidenceSchema.nullable(),
  error: z.object({ code: failureCodeSchema, message: z.string() }).nullable(),
  /** Set where reading in the languages asked for made no sense, and the page is clearly in these. */
  suggestedLanguages: z.array(languageSchema).optional(),
  /** In reading order. */
  blocks: z.array(blockSchema),
});
export type Page = z.infer<typeof pageSchema>;

export const sourceFileSchema = z.object({
  name: z.string(),
  mimeType: z.string(),
  size: z.int().nonnegative(),
  sha256: z.string(),
});
export type SourceFile = z.infer<typeof sourceFileSchema>;

export const engineSchema = z.object({
  name: z.string(),
  version: z.string(),
  languages: z.array(languageSchema),
  /** Identifies the language data: the set's name, or the SHA-256 of files an administrator dropped in. */
  dataVersion: z.string(),
});
export type Engine = z.infer<typeof engineSchema>;

export const documentSchema = z.object({
  schemaVersion: z.literal(1),
  taskId: z.string(),
  createdAt: z.iso.datetime(),
  source: z.object({ files: z.array(sourceFileSchema) }),
  engine: engineSchema,
  pages: z.array(pageSchema),
  /** The whole text in reading order; pages are separated by a form feed. */
  text: z.string(),
});
export type Document = z.infer<typeof documentSchema>;
