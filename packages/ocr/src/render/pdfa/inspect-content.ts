// Looks through what a page draws for what PDF/A-2 does not allow: fonts that are not embedded, colours of a device, operators
// that are none. Resources that nothing uses do not matter, and invisible text (render mode 3) needs no font.
import { type PDFContext, PDFDict, PDFName, PDFStream } from "pdf-lib";
import { type Operation, readOperations } from "../content-operations.ts";
import { unpack } from "../page-content.ts";
import { dictIn, itemsIn, nameIn, type Obstacles, objectIn } from "./findings.ts";
import { isDefinedColour } from "./inspect-colour.ts";
import { isPdfaFont } from "./inspect-font.ts";

/** Graphics states that may be saved at once (ISO 19005-2, 6.1.13). */
const deepestState = 28;
/** Forms in forms; what is made to be endless must end. */
const deepestForm = 12;
const invisible = "3";
const inlineCmyk = /\/(?:Device)?CMYK\b/u;
const inlineForbidden = /\/LZW|\/I(?:nterpolate)?\s+true/u;
const inlineSpace = /\/(?:CS|ColorSpace)\s*\/([^\s/[\]<>()]+)/u;

export type Inspection = { context: PDFContext; obstacles: Obstacles; seen: Set<unknown> };

/** Looks through one content stream, of which `bytes` is undefined when it cannot be unpacked. */
export function inspectContent(
  job: Inspection,
  bytes: Buffer | undefined,
  resources: PDFDict | undefined,
  depth = 0,
): void {
  const operations = bytes === undefined || depth > deepestForm ? undefined : readOperations(bytes);
  if (operations === undefined || bytes === undefined) {
    job.obstacles.add("NOT_PDFA_CONTENT");
    return;
  }
  let state: State = { mode: "0", font: undefined };
  const saved: State[] = [];
  for (const operation of operations) {
    const { operator } = operation;
    if (operator === "q") saved.push({ ...state });
    else if (operator === "Q") state = saved.pop() ?? state;
    else inspectOperation({ ...job, bytes, resources, depth }, operation, state);
    if (saved.length > deepestState) job.obstacles.add("NOT_PDFA_CONTENT");
  }
}

/** The part of the graphics state that matters: text render mode, and the font's dictionary. */
type State = { mode: string; font: PDFDict | undefined };
type Stream = Inspection & { bytes: Buffer; resources: PDFDict | undefined; depth: number };

function inspectOperation(stream: Stream, operation: Operation, state: State): void {
  const { operator, operands } = operation;
  const last = operands.at(-1) ?? "";
  const named = (group: string, name: string) => objectIn(dictIn(stream.resources, group), name.slice(1));
  switch (operator) {
    case "Tr":
      state.mode = last;
      return;
    case "Tf": {
      const font = named("Font", operands.at(-2) ?? "");
      state.font = font instanceof PDFDict ? font : undefined;
      return;
    }
    case "Tj":
    case "TJ":
    case "'":
    case '"':
      if (state.mode !== invisible) inspectFont(stream, state.font);
      return;
    case "k":
    case "K":
      stream.obstacles.add("NOT_PDFA_COLOURS");
      return;
    case "cs":
    case "CS":
      inspectColour(stream, PDFName.of(last.slice(1)));
      return;
    case "scn":
    case "SCN":
      if (last.startsWith("/")) inspectPattern(stream, named("Pattern", last));
      return;
    case "sh":
      inspectColour(stream, objectIn(asDict(named("Shading", last)), "ColorSpace"));
      return;
    case "gs":
      inspectState(stream, asDict(named("ExtGState", last)), state);
      return;
    case "Do":
      inspectXObject(stream, named("XObject", last));
      return;
    case "ID":
      inspectInlineImage(stream, operation);
      return;
  }
}

function inspectFont(stream: Stream, font: PDFDict | undefined): void {
  if (font === undefined || !isPdfaFont(font)) stream.obstacles.add("NOT_PDFA_FONTS");
  if (font === undefined || stream.seen.has(font)) return;
  stream.seen.add(font);
  if (nameIn(font, "Subtype") !== "Type3") return;
  const procedures = dictIn(font, "CharProcs");
  for (const key of procedures?.keys() ?? []) {
    const glyph = procedures?.context.lookup(procedures.get(key));
    inspectContent(stream, unpack(glyph), dictIn(font, "Resources") ?? stream.resources, stream.depth + 1);
  }
}

function inspectColour(stream: Stream, space: unknown): void {
  if (!isDefinedColour(space, dictIn(stream.resources, "ColorSpace"))) stream.obstacles.add("NOT_PDFA_COLOURS");
}

function inspectPattern(stream: Stream, pattern: unknown): void {
  const dict = asDict(pattern);
  if (dict === undefined || stream.seen.has(dict)) return;
  stream.seen.add(dict);
  if (pattern instanceof PDFStream) inspectForm(stream, pattern);
  else inspectColour(stream, objectIn(dictIn(dict, "Shading"), "ColorSpace"));
}

function inspectState(stream: Stream, dict: PDFDict | undefined, state: State): void {
  const [font] = itemsIn(dict, "Font");
  if (font instanceof PDFDict) state.font = font;
  inspectXObject(stream, objectIn(dictIn(dict, "SMask"), "G"));
}

function inspectXObject(stream: Stream, xObject: unknown): void {
  if (!(xObject instanceof PDFStream) || stream.seen.has(xObject)) return;
  stream.seen.add(xObject);
  const kind = nameIn(xObject.dict, "Subtype");
  if (kind === "Form") inspectForm(stream, xObject);
  else if (kind !== "Image") stream.obstacles.add("NOT_PDFA_CONTENT");
  else if (objectIn(xObject.dict, "ImageMask")?.toString() !== "true") {
    inspectColour(stream, objectIn(xObject.dict, "ColorSpace"));
  }
}

function inspectForm(stream: Stream, form: PDFStream): void {
  inspectContent(stream, unpack(form), dictIn(form.dict, "Resources") ?? stream.resources, stream.depth + 1);
}

/** The dictionary of an inline image is written among its operands, of which there are more than are kept. */
function inspectInlineImage(stream: Stream, { start, end }: Operation): void {
  const written = stream.bytes.toString("latin1", start, Math.min(end, start + 1000)).split(/\bID\b/u)[0] ?? "";
  if (inlineForbidden.test(written)) stream.obstacles.add("NOT_PDFA_CONTENT");
  if (inlineCmyk.test(written)) stream.obstacles.add("NOT_PDFA_COLOURS");
  const space = inlineSpace.exec(written)?.[1];
  if (space !== undefined && space !== "I" && space !== "Indexed") inspectColour(stream, PDFName.of(space));
}

function asDict(object: unknown): PDFDict | undefined {
  return object instanceof PDFStream ? object.dict : object instanceof PDFDict ? object : undefined;
}
