// The results a finished document can be taken away as.
import { z } from "zod";

export const resultFormatSchema = z.enum(["json", "markdown", "pdf", "txt", "hocr", "alto", "zip"]);
export type ResultFormat = z.infer<typeof resultFormatSchema>;

/** How the names of results end, so that programs know them. Libraries keep ALTO as plain .xml, beside METS files. */
export const resultEndings: Record<ResultFormat, string> = {
  json: ".json",
  markdown: ".md",
  pdf: ".pdf",
  txt: ".txt",
  hocr: ".hocr",
  alto: ".alto.xml",
  zip: ".zip",
};
