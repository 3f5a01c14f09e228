// Decides for each page of a file what is to be done with it. It looks at what pdfium knows about a page and renders nothing:
// a page whose rendering would hang must fail alone, when it is read.
import type { OcrMode } from "@legible/shared/options";
import type { ReadingReason } from "@legible/shared/reading-reason";
import type { DecidedPage } from "../sandbox/protocol.ts";
import type { OpenFile } from "./open-file.ts";
import { readDrawing } from "./pdf/page-images.ts";
import { type PdfCharacter, readCharacters } from "./pdf/pdf-characters.ts";
import { withPdfPage } from "./pdf/pdf-page.ts";
import { isTrap } from "./pdf/pdfium.ts";
import { findGibberish } from "./text-sanity.ts";

/** Letters and digits that make a page's text worth keeping; fewer are a page number, a stamp or a stray character. */
const enoughCharacters = 25;
/** With pictures over most of the page, so few characters are a stamp on a scan. */
const enoughOverImage = 200;
const mostlyImage = 0.5;
/** Short texts with a smaller share of letters and digits come from fonts whose codes mean something else. */
const fewestReadable = 0.4;
/** Letters drawn as paths count when there are so many, and so many times as many as written ones: a page of print has a thousand. */
const enoughOutlined = 200;
const mostlyOutlined = 3;

/** Decides the pages from `firstPage` on; `onPage` hears of each at once. */
export function inspectPages(
  file: OpenFile,
  mode: OcrMode,
  firstPage: number,
  onPage: (page: DecidedPage) => void,
): DecidedPage[] {
  const pages: DecidedPage[] = [];
  for (let index = firstPage; index < file.pageCount; index++) {
    const page: DecidedPage = {
      index,
      ...(file.kind === "pdf" ? decidePdfPage(file, index, mode) : decideImage(file)),
    };
    pages.push(page);
    onPage(page);
  }
  return pages;
}

type Decision = Omit<DecidedPage, "index">;

function decideImage(file: { animated: boolean }): Decision {
  return recognised({ code: file.animated ? "ANIMATED_IMAGE" : "IMAGE", params: {} });
}

function decidePdfPage(file: Extract<OpenFile, { kind: "pdf" }>, index: number, mode: OcrMode): Decision {
  try {
    return withPdfPage(file, index, (page) => {
      const drawing = readDrawing(page);
      const annotations = page.pdfium.FPDFPage_GetAnnotCount(page.handle);
      if (drawing.objects === 0 && annotations === 0) {
        return { decision: "blank", reason: { code: "NOTHING_DRAWN", params: {} } };
      }
      const decision = decide(readCharacters(page), drawing, mode);
      const isDoubtful = decision.decision === "text" && mode === "auto" && drawing.hidden.size > 0;
      return isDoubtful && isMostlyHidden(readCharacters(page, drawing.hidden)) ? doubtful : decision;
    });
  } catch (error) {
    // A trap leaves pdfium unusable: the process must be replaced. Anything else concerns this page alone.
    if (isTrap(error)) throw error;
    return recognised({ code: "NOT_EXAMINED", params: {} });
  }
}

/** Only a picture of the page shows whether the text is seen; see `confirmUnseen`. */
const doubtful: Decision = { decision: "text", reason: { code: "MAY_BE_COVERED", params: {} } };

/** True when most of what is written cannot be seen. */
export function isMostlyHidden(characters: readonly PdfCharacter[]): boolean {
  const written = characters.filter(isWritten);
  return written.filter((character) => character.visible).length < written.length / 2;
}

function isWritten(character: PdfCharacter): boolean {
  return !character.generated && character.text.trim() !== "";
}

/** What of a page's drawing matters beside its text. */
export type Surroundings = { imageShare: number; letterPaths: number };

/** The rule itself. */
export function decide(characters: readonly PdfCharacter[], drawing: Surroundings, mode: OcrMode): Decision {
  if (mode === "force") return recognised({ code: "RECOGNITION_FORCED", params: {} });
  const { imageShare, letterPaths } = drawing;
  const written = characters.filter(isWritten);
  const seen = written.filter((character) => character.visible);
  const percent = Math.round(imageShare * 100);
  if (written.length === 0)
    return recognised(
      mode === "skip" ? { code: "NO_TEXT", params: {} } : { code: "PICTURES_ONLY", params: { percent } },
    );
  const mostlyHidden = isMostlyHidden(characters);
  const gibberish = findGibberish(characters.filter((character) => mostlyHidden || character.visible));
  if (gibberish !== undefined) return recognised(gibberish);
  if (mode === "skip") return kept({ code: "HAS_CHARACTERS", params: { characters: written.length } });
  if (mostlyHidden) return recognised({ code: "INVISIBLE_LAYER", params: {} });
  const readable = seen.filter((character) => /[\p{L}\p{N}]/u.test(character.text)).length;
  const needed = imageShare > mostlyImage ? enoughOverImage : enoughCharacters;
  if (readable < needed && imageShare > 0.05)
    return recognised({ code: "LITTLE_TEXT", params: { characters: readable, percent } });
  if (letterPaths >= enoughOutlined && letterPaths > readable * mostlyOutlined) {
    return recognised({ code: "OUTLINED_LETTERS", params: { outlined: letterPaths, written: readable } });
  }
  if (readable < enoughCharacters && readable < seen.length * fewestReadable) {
    return recognised({ code: "HARDLY_A_LETTER", params: { readable, seen: seen.length } });
  }
  return kept({ code: "HAS_TEXT", params: { readable } });
}

const recognised = (reason: ReadingReason): Decision => ({ decision: "ocr", reason });
const kept = (reason: ReadingReason): Decision => ({ decision: "text", reason });
