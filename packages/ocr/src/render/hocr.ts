// result.hocr: hOCR 1.2 as well-formed XHTML. https://kba.github.io/hocr-spec/1.2/
import type { Block, Box, Engine, Page } from "@legible/shared/document";
import { isSpaced, type WordLine } from "@legible/shared/tree-words";
import { type BlockPart, blockParts } from "./block-parts.ts";
import { languageTag } from "./language-tag.ts";
import { isRightToLeft } from "./text-direction.ts";
import { escapeXml, xmlAttributes } from "./xml-text.ts";

const capabilities = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_photo ocrp_lang ocrp_dir ocrp_wconf";

/** The pieces of result.hocr. `images` names the source file of each page, in the order of the pages. */
export async function* hocrPieces(
  head: { title: string; engine: Engine; images: readonly string[] },
  pages: AsyncIterable<Page>,
): AsyncGenerator<string> {
  const { engine, images } = head;
  const language = languageTag(engine.languages[0] ?? "und");
  const meta = (name: string, content: string) => `<meta${xmlAttributes({ name, content })}/>\n`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n`;
  yield `<html xmlns="http://www.w3.org/1999/xhtml"${xmlAttributes({ "xml:lang": language, lang: language })}>\n<head>\n`;
  yield `<title>${escapeXml(head.title)}</title>\n`;
  yield `<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>\n`;
  yield meta("ocr-system", `${engine.name} ${engine.version}`) + meta("ocr-capabilities", capabilities);
  yield meta("ocr-number-of-pages", String(images.length));
  yield `${meta("ocr-langs", engine.languages.map(languageTag).join(" "))}</head>\n<body>\n`;
  let index = 0;
  for await (const page of pages) {
    yield hocrPage(page, index, images[index] ?? "");
    index += 1;
  }
  yield "</body>\n</html>\n";
}

/** One page as an ocr_page element. `index` is 0-based within the document, `image` the name of its source file. */
export function hocrPage(page: Page, index: number, image: string): string {
  const properties = [
    // The property's own quotes: hOCR 1.2, 1.4, knows no escape for them.
    `image "${image.replace(/["\\]/gu, "'")}"`,
    `bbox 0 0 ${Math.round(page.width)} ${Math.round(page.height)}`,
    `ppageno ${index}`,
    `scan_res ${Math.round(page.dpi)} ${Math.round(page.dpi)}`,
    ...(page.error === null ? [] : [`x_error ${page.error.code}`]),
  ];
  return `<div${attributes("ocr_page", `page_${page.number}`, properties)}>\n${page.blocks.map(area).join("")}</div>\n`;
}

function area(block: Block): string {
  const kind = block.type === "figure" ? "ocr_photo" : "ocr_carea";
  const inside = blockParts(block)
    .filter((part) => part.lines.length > 0)
    .map(paragraph)
    .join("");
  return `<div${attributes(kind, `area_${block.id}`, [bbox(block.bbox)])}>\n${inside}</div>\n`;
}

function paragraph(part: BlockPart): string {
  const lines = part.lines.map((line, index) => hocrLine(line, `line_${part.id}l${index + 1}`));
  const direction = isRightToLeft(part.lines.flatMap((line) => line.words)) ? "rtl" : undefined;
  return `<p${attributes("ocr_par", `par_${part.id}`, [bbox(part.bbox)], direction)}>\n${lines.join("")}</p>\n`;
}

function hocrLine(line: WordLine, id: string): string {
  const words = line.words.map((word, index) => {
    const next = line.words[index + 1];
    const properties = [bbox(word.bbox), `x_wconf ${Math.round(word.confidence)}`];
    const gap = next !== undefined && isSpaced(word.text, next.text) ? " " : "";
    return `<span${attributes("ocrx_word", word.id, properties)}>${escapeXml(word.text)}</span>${gap}`;
  });
  return `<span${attributes("ocr_line", id, [bbox(line.bbox), baseline(line)])}>${words.join("")}</span>\n`;
}

/** Slope, and where the baseline meets the box's left edge, counted from its lower one, px (hOCR 1.2, 3.4.4). */
function baseline(line: WordLine): string {
  const [x0, , , y1] = line.bbox;
  const [bx0, by0, bx1, by1] = line.baseline;
  const slope = bx1 > bx0 ? (by1 - by0) / (bx1 - bx0) : 0;
  return `baseline ${Number(slope.toFixed(4))} ${Math.round(by0 + slope * (x0 - bx0) - Math.round(y1))}`;
}

function bbox(box: Box): string {
  return `bbox ${box.map((value) => Math.max(0, Math.round(value))).join(" ")}`;
}

function attributes(kind: string, id: string, properties: string[], dir?: "rtl"): string {
  return xmlAttributes({ class: kind, id, dir, title: properties.join("; ") });
}
