// Decides for each page of a file what is to be done with it. It looks at what pdfium knows about a page and renders nothing:
// a page whose rendering would hang must fail alone, when it is read.
import type { OcrMode } from "@legible/shared/options";
import type { DecidedPage } from "../sandbox/protocol.ts";
import type { OpenFile } from "./open-file.ts";
import { readDrawing } from "./pdf/page-images.ts";
import { type PdfCharacter, readCharacters } from "./pdf/pdf-characters.ts";
import { withPdfPage } from "./pdf/pdf-page.ts";
import { isTrap } from "./pdf/pdfium.ts";

/** Letters and digits that make a page's text worth keeping; fewer are a page number, a stamp or a stray character. */
const enoughCharacters = 25;
/** With pictures over most of the page, so few characters are a stamp on a scan. */
const enoughOverImage = 200;
const mostlyImage = 0.5;
/** Share of characters that may be unknown, private or replaced before the text is taken for gibberish. */
const tolerableGarbage = 0.15;
/** Short texts with a smaller share of letters and digits come from fonts whose codes mean something else. */
const fewestReadable = 0.4;

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
  return { decision: "ocr", reason: file.animated ? "Animated image: only its first frame is read." : "Image." };
}

function decidePdfPage(file: Extract<OpenFile, { kind: "pdf" }>, index: number, mode: OcrMode): Decision {
  try {
    return withPdfPage(file, index, (page) => {
      const { objects, imageShare } = readDrawing(page);
      const annotations = page.pdfium.FPDFPage_GetAnnotCount(page.handle);
      if (objects === 0 && annotations === 0) return { decision: "blank", reason: "Nothing is drawn on the page." };
      return decide(readCharacters(page), imageShare, mode);
    });
  } catch (error) {
    // A trap leaves pdfium unusable: the process must be replaced. Anything else concerns this page alone.
    if (isTrap(error)) throw error;
    return { decision: "ocr", reason: "The page could not be examined." };
  }
}

/** The rule itself. `imageShare` is the part of the page under pictures, 0–1. */
export function decide(characters: readonly PdfCharacter[], imageShare: number, mode: OcrMode): Decision {
  if (mode === "force") return { decision: "ocr", reason: "Recognition was asked for on every page." };
  const written = characters.filter((character) => !character.generated && character.text.trim() !== "");
  const seen = written.filter((character) => character.visible);
  const pictures = `${Math.round(imageShare * 100)} % of the page is pictures`;
  if (mode === "skip") {
    return written.length > 0
      ? { decision: "text", reason: `The page has text (${written.length} characters).` }
      : { decision: "ocr", reason: "The page has no text." };
  }
  if (written.length === 0) return { decision: "ocr", reason: `No text; ${pictures}.` };
  if (seen.length < written.length / 2)
    return { decision: "ocr", reason: "Only an invisible text layer over a picture." };
  const garbage = seen.filter((character) => character.unmapped || !isSane(character.text)).length;
  if (garbage > seen.length * tolerableGarbage) {
    return {
      decision: "ocr",
      reason: `The text does not say which characters it shows (${garbage} of ${seen.length}).`,
    };
  }
  const readable = seen.filter((character) => /[\p{L}\p{N}]/u.test(character.text)).length;
  const needed = imageShare > mostlyImage ? enoughOverImage : enoughCharacters;
  if (readable < needed && imageShare > 0.05) {
    return { decision: "ocr", reason: `Only ${readable} characters of text; ${pictures}.` };
  }
  if (readable < enoughCharacters && readable < seen.length * fewestReadable) {
    return { decision: "ocr", reason: `The text holds hardly a letter or digit (${readable} of ${seen.length}).` };
  }
  return { decision: "text", reason: `The page has text (${readable} letters and digits).` };
}

/** False for private use, unassigned, replacement and control characters. */
function isSane(text: string): boolean {
  return !/[\p{Co}\p{Cn}\p{Cs}\p{Cc}\ufffd]/u.test(text) || /^[\t\r\n\u0002]$/u.test(text);
}
