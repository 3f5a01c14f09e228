// Makes a page's own visible text unfindable without changing a pixel: on a recognised page it is what was not believed (letters without
// meaning, or recognition was forced), and beside the layer's words it would be found and copied a second time. Each font gets a map by
// which every code reads as a space; readers believe that map before all else (PDF 32000-1, 9.10.2).
import { type PDFContext, type PDFDict, PDFName, type PDFPageLeaf, PDFRawStream, PDFRef } from "pdf-lib";
import { readOperations } from "./content-operations.ts";
import { deflated } from "./deflated-stream.ts";
import { edited } from "./invisible-text.ts";
import { asDict, pageContent } from "./page-content.ts";

/** Forms and fonts looked at for one document, and depth of forms in forms: what is made to be endless must end. */
const maxCopies = 20_000;
const maxDepth = 6;
/** A section of a CMap holds at most 100 ranges (Adobe technical note 5014). */
const rangesPerSection = 100;

/** Memory of one document: fonts and forms are shared by pages, and pages that are not recognised keep theirs. */
export type MutedText = { copies: Map<string, PDFRef>; maps: Map<1 | 2, PDFRef> };

export function createMutedText(): MutedText {
  return { copies: new Map(), maps: new Map() };
}

/** Mutes what the page's content and the forms it draws show. */
export function muteOwnText(leaf: PDFPageLeaf, muted: MutedText): void {
  const { context } = leaf;
  const resources = asDict(context, leaf.getInheritableAttribute(PDFName.of("Resources")));
  if (resources === undefined) return;
  const own = mutedResources(context, resources, muted, 0);
  if (own === undefined) return;
  leaf.set(PDFName.of("Resources"), own);
  const bytes = pageContent(leaf);
  const plain = bytes === undefined ? undefined : withoutSpokenText(bytes);
  if (plain !== undefined) leaf.set(PDFName.Contents, context.register(deflated(context, plain)));
}

/** A copy of the resources whose text is mute; undefined when they hold no fonts. */
function mutedResources(context: PDFContext, resources: PDFDict, muted: MutedText, depth: number): PDFDict | undefined {
  const fonts = asDict(context, resources.get(PDFName.of("Font")));
  const xObjects = asDict(context, resources.get(PDFName.of("XObject")));
  const newFonts = fonts && replaced(context, fonts, (value) => mutedFont(context, value, muted));
  const newForms = xObjects && replaced(context, xObjects, (value) => mutedForm(context, value, muted, depth + 1));
  if (newFonts === undefined && newForms === undefined) return undefined;
  const own = resources.clone(context);
  if (newFonts !== undefined) own.set(PDFName.of("Font"), newFonts);
  if (newForms !== undefined) own.set(PDFName.of("XObject"), newForms);
  // Named property lists may speak for what they mark.
  own.delete(PDFName.of("Properties"));
  const properties = asDict(context, resources.get(PDFName.of("Properties")));
  if (properties !== undefined)
    own.set(
      PDFName.of("Properties"),
      replaced(context, properties, (value) => speechless(context, value)) ?? properties,
    );
  return own;
}

/** A copy of the dictionary with every value that `change` has another for; undefined when it has none. */
function replaced(context: PDFContext, dict: PDFDict, change: (value: unknown) => PDFRef | undefined) {
  let copy: PDFDict | undefined;
  for (const [key, value] of dict.entries()) {
    const other = change(value);
    if (other === undefined) continue;
    copy ??= dict.clone(context);
    copy.set(key, other);
  }
  return copy;
}

function mutedFont(context: PDFContext, value: unknown, muted: MutedText): PDFRef | undefined {
  const font = asDict(context, value);
  if (font === undefined) return undefined;
  const bytes = font.get(PDFName.of("Subtype")) === PDFName.of("Type0") ? 2 : 1;
  return remembered(muted, value, () => {
    const copy = font.clone(context);
    copy.set(PDFName.of("ToUnicode"), mapOfSpaces(context, muted, bytes));
    return context.register(copy);
  });
}

function mutedForm(context: PDFContext, value: unknown, muted: MutedText, depth: number): PDFRef | undefined {
  const form = value instanceof PDFRef ? context.lookup(value) : undefined;
  if (!(form instanceof PDFRawStream) || depth > maxDepth) return undefined;
  const resources = asDict(context, form.dict.get(PDFName.of("Resources")));
  if (resources === undefined || form.dict.get(PDFName.of("Subtype")) !== PDFName.of("Form")) return undefined;
  return remembered(muted, value, () => {
    const own = mutedResources(context, resources, muted, depth);
    if (own === undefined) return undefined;
    const dict = form.dict.clone(context);
    dict.set(PDFName.of("Resources"), own);
    return context.register(PDFRawStream.of(dict, form.contents));
  });
}

function speechless(context: PDFContext, value: unknown): PDFRef | undefined {
  const list = asDict(context, value);
  if (!list?.has(PDFName.of("ActualText"))) return undefined;
  const copy = list.clone(context);
  copy.delete(PDFName.of("ActualText"));
  return context.register(copy);
}

/** What was made of the object before, or what `make` makes of it now. */
function remembered(muted: MutedText, value: unknown, make: () => PDFRef | undefined): PDFRef | undefined {
  if (!(value instanceof PDFRef)) return make();
  const known = muted.copies.get(value.tag);
  if (known !== undefined || muted.copies.size >= maxCopies) return known;
  // A form that draws itself finds itself unchanged.
  muted.copies.set(value.tag, value);
  const made = make() ?? value;
  muted.copies.set(value.tag, made);
  return made === value ? undefined : made;
}

/** The map for codes of one or two bytes: ranges count up unless each of their values is named. */
function mapOfSpaces(context: PDFContext, muted: MutedText, bytes: 1 | 2): PDFRef {
  const known = muted.maps.get(bytes);
  if (known !== undefined) return known;
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  const spaces = `[${"<0020>".repeat(256)}]`;
  const highs = bytes === 1 ? [""] : Array.from({ length: 256 }, (_, high) => hex(high));
  const ranges = highs.map((high) => `<${high}00><${high}ff>${spaces}`);
  const sections: string[] = [];
  for (let at = 0; at < ranges.length; at += rangesPerSection) {
    const part = ranges.slice(at, at + rangesPerSection);
    sections.push(`${part.length} beginbfrange`, ...part, "endbfrange");
  }
  const lines = [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
    `1 begincodespacerange <${"00".repeat(bytes)}><${"ff".repeat(bytes)}> endcodespacerange`,
    ...sections,
    "endcmap CMapName currentdict /CMap defineresource pop end end",
  ];
  const map = context.register(deflated(context, Buffer.from(lines.join("\n"), "latin1")));
  muted.maps.set(bytes, map);
  return map;
}

/** The content with marks that speak for themselves made plain; undefined when it has none. */
function withoutSpokenText(bytes: Buffer): Buffer | undefined {
  const operations = bytes.includes("/ActualText") ? readOperations(bytes) : undefined;
  const edits = (operations ?? [])
    .filter(({ operator, operands }) => operator === "BDC" && operands.join(" ").includes("/ActualText"))
    .map(({ operands, start, end }) => ({ start, end, by: `${operands[0] ?? "/Span"} BMC` }));
  return edits.length > 0 ? edited(bytes, edits) : undefined;
}
