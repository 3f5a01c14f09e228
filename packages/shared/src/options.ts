// How a document is to be read. The same schema serves the API, the queue and the web form.
import { z } from "zod";
import { autoLanguage } from "./auto-language.ts";

/** A tesseract language name (eng, chi_tra, script/Latin is not offered). Checked against the installed ones before use. */
export const languageSchema = z.string().regex(/^[a-z]{3}(_[A-Za-z]{2,8}){0,2}$/);

const languagesSchema = z
  .array(z.union([languageSchema, z.literal(autoLanguage)]))
  .min(1)
  .max(8)
  .refine((languages) => languages.length === 1 || !languages.includes(autoLanguage), "auto stands alone");

const pageRangePart = /^(\d{1,6})(?:-(\d{1,6})?)?$/;

export const pageRangesSchema = z
  .string()
  .max(200)
  .regex(/^\s*\d{1,6}(-\d{0,6})?(\s*,\s*\d{1,6}(-\d{0,6})?)*\s*$/, "Write pages like 1-3,7 or 5-");

export const ocrModeSchema = z.enum(["auto", "force", "skip"]);
export type OcrMode = z.infer<typeof ocrModeSchema>;

/**
 * What a caller may send; everything has a default except the languages, whose default is the installation's. `["auto"]` finds them out.
 */
export const ocrOptionsInputSchema = z.strictObject({
  languages: languagesSchema.optional(),
  mode: ocrModeSchema.default("auto"),
  rotate: z.boolean().default(true),
  deskew: z.boolean().default(true),
  /** Make the searchable PDF a PDF/A-2b. Where the original does not allow it, the task says so. */
  pdfa: z.boolean().default(false),
  pages: pageRangesSchema.optional(),
  password: z.string().min(1).max(200).optional(),
});

/** What is stored and shown: never the password. */
export const ocrOptionsSchema = z.object({
  languages: languagesSchema,
  mode: ocrModeSchema,
  rotate: z.boolean(),
  deskew: z.boolean(),
  pdfa: z.boolean().default(false),
  pages: pageRangesSchema.optional(),
});
export type OcrOptions = z.infer<typeof ocrOptionsSchema>;

/** What of the options may differ from page to page. */
export const pageOptionsSchema = ocrOptionsSchema.pick({ languages: true, mode: true, rotate: true, deskew: true });

/**
 * The page numbers (1-based, ascending, without doubles) that `ranges` names in a document of `pageCount` pages.
 * Without `ranges`, all of them. Numbers beyond the end are left out, so the result may be empty.
 */
export function selectPages(ranges: string | undefined, pageCount: number): number[] {
  if (ranges === undefined) return Array.from({ length: pageCount }, (_, index) => index + 1);
  const chosen = new Set<number>();
  for (const part of ranges.split(",")) {
    const match = pageRangePart.exec(part.trim());
    if (match === null) continue;
    const first = Number(match[1]);
    const end = match[2] ? Number(match[2]) : pageCount;
    const last = part.includes("-") ? end : first;
    for (let number = Math.max(1, first); number <= Math.min(pageCount, last); number++) chosen.add(number);
  }
  return [...chosen].sort((a, b) => a - b);
}
