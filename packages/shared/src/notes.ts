// What is worth knowing about a result that is no failure. Notes stand on the task.
import { z } from "zod";

export const noteCodeSchema = z.enum([
  "SOURCE_SIGNED",
  "OTHER_LANGUAGE",
  "NOT_PDFA_FONTS",
  "NOT_PDFA_COLOURS",
  "NOT_PDFA_CONTENT",
  "CORRECTIONS_LEFT_OUT",
]);
export type NoteCode = z.infer<typeof noteCodeSchema>;

export const noteSchema = z.object({ code: noteCodeSchema, message: z.string() });

/** For each note one or two sentences. */
export const noteTable: Record<NoteCode, string> = {
  SOURCE_SIGNED:
    "The original is signed. The searchable copy is not, because its text layer was added after signing; the signed original is kept as it was sent.",
  OTHER_LANGUAGE:
    "Some pages made little sense in the language they were read in and seem to be in another; the list of pages names it.",
  NOT_PDFA_FONTS:
    "The searchable PDF is not PDF/A, because the original shows text in fonts that it does not carry, or not in the form PDF/A asks for.",
  NOT_PDFA_COLOURS:
    "The searchable PDF is not PDF/A, because the original uses colours whose look depends on the device (CMYK).",
  NOT_PDFA_CONTENT:
    "The searchable PDF is not PDF/A, because the original contains something that PDF/A does not allow and that cannot be taken out.",
  CORRECTIONS_LEFT_OUT:
    "The latest corrections are in the pages but not in the downloads, which could not be made anew. The next correction tries again; a PDF behind a password has to be read again with it.",
};
