// What both sides of tesseract.js's thread must agree on.
import { join } from "node:path";

/** The thread's module. */
export const tesseractThreadPath = join(import.meta.dirname, "tesseract-thread.ts");
/** tesseract.js wants some `langPath`; this one says that no administrator's folder is configured. */
export const noLanguagesDir = "no-languages-folder";
