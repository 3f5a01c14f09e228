// A PDF made searchable: its own pages with a text layer put before their content. The content itself is neither decoded nor
// changed, and since the layer comes first, nothing the content does to the graphics state can move it.
import type { Page, Rotation } from "@legible/shared/document";
import {
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFPageLeaf,
  PDFRef,
  PDFStream,
} from "pdf-lib";
import { type Cleaning, removeActiveContent } from "./active-content.ts";
import { deflated } from "./deflated-stream.ts";
import { createLayerFont, type LayerFont } from "./layer-font.ts";
import { createMutedText, type MutedText, muteOwnText } from "./muted-text.ts";
import { type CleanedForms, removeOldLayer } from "./old-layer.ts";
import { pixelsToUserSpace, toRotation, type UserBox } from "./placing.ts";
import { textLayer } from "./text-layer.ts";

/** A page that is wanted: where it stands in its file (0-based), and its tree, read when its turn comes. */
export type WantedPage = { index: number; readTree: () => Promise<Page> };

/** Size of a page that states none, pt: US Letter, as pdfium assumes. */
const letter: UserBox = [0, 0, 612, 792];

/**
 * The document in `bytes` with the wanted pages only, layered and cleaned. `pageCount` is what pdfium counted.
 * Pass a Buffer that is used for nothing else: streams stay views of it instead of copies.
 * @throws Error when pdf-lib cannot read the document or sees other pages than pdfium.
 */
export async function searchablePdf(
  bytes: Buffer,
  pageCount: number,
  wanted: readonly WantedPage[],
): Promise<{ document: PDFDocument; cleaning: Cleaning }> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
  const pages = document.getPages();
  if (pages.length !== pageCount) throw new Error(`pdf-lib counts ${pages.length} pages, pdfium ${pageCount}`);
  const font = createLayerFont(document.context);
  const layered: Layered = { font, resources: new Map(), done: new Set(), forms: new Map(), muted: createMutedText() };
  for (const { index, readTree } of wanted) {
    const page = pages[index];
    if (page === undefined) throw new Error(`There is no page ${index + 1}`);
    layPage(page.node, await readTree(), layered);
  }
  font.finish();
  const kept = new Set(wanted.map(({ index }) => index));
  const removed = pages.flatMap((page, index) => (kept.has(index) ? [] : [page.ref]));
  const keptRefs = new Set(pages.flatMap((page, index) => (kept.has(index) ? [page.ref] : [])));
  for (let index = pages.length - 1; index >= 0; index--) if (!kept.has(index)) document.removePage(index);
  const cleaning = removeActiveContent(
    document.context,
    removed.filter((ref) => !keptRefs.has(ref)),
  );
  return { document, cleaning };
}

type Layered = {
  font: LayerFont;
  /** Resource dictionaries shared by pages stay shared. */
  resources: Map<PDFDict | undefined, { ref: PDFRef; fontName: string }>;
  /** A page that stands twice in the page tree is one object and gets one layer. */
  done: Set<PDFPageLeaf>;
  forms: CleanedForms;
  muted: MutedText;
};

function layPage(leaf: PDFPageLeaf, page: Page, layered: Layered): void {
  const tree = withoutOwnText(page);
  if (tree === undefined || layered.done.has(leaf)) return;
  layered.done.add(leaf);
  const context = leaf.context;
  const rotation = shownRotation(leaf, tree.rotation);
  if (tree.rotation !== 0) leaf.set(PDFName.Rotate, PDFNumber.of(rotation));
  const matrix = pixelsToUserSpace(tree.width, tree.height, visibleBox(leaf), rotation);
  // What recognition found nothing on keeps the text it had.
  if (tree.blocks.length > 0) {
    removeOldLayer(leaf, layered.forms);
    if (page.source === "ocr") muteOwnText(leaf, layered.muted);
  }
  const { ref: resources, fontName } = resourcesWithFont(leaf, layered);
  const layer = textLayer(tree, matrix, layered.font.codes, fontName);
  if (layer === undefined) return;
  leaf.set(PDFName.Resources, resources);
  const own = leaf.get(PDFName.Contents);
  const ownStreams = own === undefined ? undefined : context.lookup(own);
  const streams = context.obj([context.register(deflated(context, layer))]);
  if (ownStreams instanceof PDFArray) for (const stream of ownStreams.asArray()) streams.push(stream);
  else if (own instanceof PDFRef && ownStreams instanceof PDFStream) streams.push(own);
  leaf.set(PDFName.Contents, streams);
}

/** What the layer must hold: all of a recognised page, and of one that kept its text what was read from its pictures. */
function withoutOwnText(page: Page): Page | undefined {
  if (page.source === "ocr") return page;
  const blocks = page.source === "text" ? page.blocks.filter((block) => block.source === "ocr") : [];
  return blocks.length === 0 ? undefined : { ...page, blocks };
}

/** The page's own turn and the one that recognition found, clockwise. */
function shownRotation(leaf: PDFPageLeaf, found: Rotation): Rotation {
  const own = leaf.Rotate();
  return toRotation((own instanceof PDFNumber ? own.asNumber() : 0) + found);
}

/** What readers show of the page: its crop box as far as it lies on its media box. */
function visibleBox(leaf: PDFPageLeaf): UserBox {
  const media = toBox(leaf, "MediaBox") ?? letter;
  const crop = toBox(leaf, "CropBox") ?? media;
  const cut: UserBox = [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ];
  return cut[0] < cut[2] && cut[1] < cut[3] ? cut : media;
}

function inherited(leaf: PDFPageLeaf, key: string) {
  const value = leaf.getInheritableAttribute(PDFName.of(key));
  return value === undefined ? undefined : leaf.context.lookup(value);
}

function toBox(leaf: PDFPageLeaf, key: string): UserBox | undefined {
  const value = inherited(leaf, key);
  if (!(value instanceof PDFArray)) return undefined;
  const numbers = value.asArray().map((item) => leaf.context.lookup(item));
  const [x0, y0, x1, y1] = numbers.map((item) => (item instanceof PDFNumber ? item.asNumber() : Number.NaN));
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return undefined;
  const box: UserBox = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
  return box[0] < box[2] && box[1] < box[3] ? box : undefined;
}

/** A copy of the page's resources (its own or inherited) to which the layer's font is added under a free name. */
function resourcesWithFont(leaf: PDFPageLeaf, layered: Layered): { ref: PDFRef; fontName: string } {
  const found = inherited(leaf, "Resources");
  const own = found instanceof PDFDict ? found : undefined;
  const known = layered.resources.get(own);
  if (known !== undefined) return known;
  const { context } = leaf;
  const ownFonts = own === undefined ? undefined : context.lookup(own.get(PDFName.Font));
  const fonts = ownFonts instanceof PDFDict ? ownFonts.clone(context) : context.obj({});
  let fontName = "L";
  while (fonts.has(PDFName.of(fontName))) fontName += "L";
  fonts.set(PDFName.of(fontName), layered.font.use());
  const resources = own === undefined ? context.obj({}) : own.clone(context);
  resources.set(PDFName.Font, fonts);
  const made = { ref: context.register(resources), fontName };
  layered.resources.set(own, made);
  return made;
}
