// result.xml: ALTO 4.4, the form in which libraries and archives keep the text of pages. https://www.loc.gov/standards/alto/
import { type Block, type Box, blockTypeSchema, type Document, type Page } from "@legible/shared/document";
import { isSpaced, type WordLine } from "@legible/shared/tree-words";
import { type BlockPart, blockParts } from "./block-parts.ts";
import { languageTag } from "./language-tag.ts";
import { isRightToLeft } from "./text-direction.ts";
import { escapeXml, xmlAttributes } from "./xml-text.ts";

const namespace = "http://www.loc.gov/standards/alto/ns-v4#";
const schema = `${namespace} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd`;

/** The pieces of result.xml, to be written one after another. */
export async function* altoPieces(
  head: Pick<Document, "taskId" | "createdAt" | "source" | "engine">,
  pages: AsyncIterable<Page>,
): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<alto xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${schema}" SCHEMAVERSION="4.4">\n`;
  yield description(head);
  yield `<Tags>\n${blockTypeSchema.options.map(tag).join("")}</Tags>\n<Layout>\n`;
  const language = head.engine.languages[0];
  for await (const page of pages) yield altoPage(page, language === undefined ? undefined : languageTag(language));
  yield "</Layout>\n</alto>\n";
}

function description({ taskId, createdAt, source, engine }: Parameters<typeof altoPieces>[0]): string {
  const element = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`;
  const [only, ...others] = source.files;
  const name = only === undefined || others.length > 0 ? "" : element("fileName", only.name);
  const software = element("softwareName", engine.name) + element("softwareVersion", engine.version);
  return `<Description>
<MeasurementUnit>pixel</MeasurementUnit>
<sourceImageInformation>${name}${element("documentIdentifier", taskId)}</sourceImageInformation>
<Processing ID="recognition">
<processingCategory>contentGeneration</processingCategory>
${element("processingDateTime", createdAt)}
${element("processingStepSettings", `languages: ${engine.languages.join(" ")}; data: ${engine.dataVersion}`)}
<processingSoftware>${software}</processingSoftware>
</Processing>
</Description>
`;
}

function tag(type: Block["type"]): string {
  return `<StructureTag${xmlAttributes({ ID: tagId(type), LABEL: type })}/>\n`;
}

const tagId = (type: Block["type"]): string => `tag-${type}`;

/** One page as a Page element. `language` is a BCP 47 tag. */
export function altoPage(page: Page, language: string | undefined): string {
  const own = xmlAttributes({
    ID: `page${page.number}`,
    PHYSICAL_IMG_NR: page.number,
    WIDTH: decimal(page.width),
    HEIGHT: decimal(page.height),
    QUALITY_DETAIL: page.error?.message,
    PC: page.confidence === null ? undefined : share(page.confidence),
    LANG: language,
  });
  const space = xmlAttributes({ HPOS: 0, VPOS: 0, WIDTH: decimal(page.width), HEIGHT: decimal(page.height) });
  return `<Page${own}>\n<PrintSpace${space}>\n${page.blocks.map(altoBlock).join("")}</PrintSpace>\n</Page>\n`;
}

function altoBlock(block: Block): string {
  const own = { ID: block.id, TAGREFS: tagId(block.type), ...position(block.bbox) };
  const parts = blockParts(block);
  if (block.table !== undefined) {
    const cells = parts.map((part) => textBlock(part, { ID: part.id, ...position(part.bbox) })).join("");
    return `<ComposedBlock${xmlAttributes({ ...own, TYPE: "table" })}>\n${cells}</ComposedBlock>\n`;
  }
  const empty = parts.every((part) => part.lines.length === 0);
  if (block.type === "figure" && empty) return `<Illustration${xmlAttributes(own)}/>\n`;
  return parts.map((part) => textBlock(part, own)).join("");
}

function textBlock(part: BlockPart, own: Record<string, string | number>): string {
  const lines = part.lines.map((line, index) => textLine(line, `${part.id}l${index + 1}`));
  return `<TextBlock${xmlAttributes(own)}>\n${lines.join("")}</TextBlock>\n`;
}

function textLine(line: WordLine, id: string): string {
  const [x0, y0, x1, y1] = line.baseline.map(decimal);
  const own = xmlAttributes({
    ID: id,
    ...position(line.bbox),
    BASELINE: `${x0},${y0} ${x1},${y1}`,
    BASEDIRECTION: isRightToLeft(line.words) ? "rtl" : undefined,
  });
  const strings = line.words.map((word, index) => {
    const next = line.words[index + 1];
    const string = { ID: word.id, ...position(word.bbox), CONTENT: word.text, WC: share(word.confidence) };
    return `<String${xmlAttributes(string)}/>${next !== undefined && isSpaced(word.text, next.text) ? "<SP/>" : ""}`;
  });
  return `<TextLine${own}>${strings.join("")}</TextLine>\n`;
}

function position([x0, y0, x1, y1]: Box) {
  return { HPOS: decimal(x0), VPOS: decimal(y0), WIDTH: decimal(x1 - x0), HEIGHT: decimal(y1 - y0) };
}

/** Confidence of 0–100 as ALTO counts it, 0–1. */
const share = (confidence: number): number => Number((confidence / 100).toFixed(2));
const decimal = (value: number): number => Number(value.toFixed(2));
