// Takes the invisible text of an earlier OCR program off a page that gets a layer of ours: two layers would be found and copied
// twice. What is painted stays as it is; muted-text.ts sees to it that it is not found. A stream that cannot be followed is left alone.
import { type PDFContext, type PDFDict, PDFName, type PDFPageLeaf, PDFRawStream, PDFRef } from "pdf-lib";
import { readOperations } from "./content-operations.ts";
import { deflated } from "./deflated-stream.ts";
import { edited, findInvisibleText } from "./invisible-text.ts";
import { asDict, pageContent, unpack } from "./page-content.ts";

/** Forms looked at for one document, and depth of forms in forms: what is made to be endless must end. */
const maxForms = 20_000;
const maxDepth = 6;

/** Memory of one document's forms: what became of a form (by reference and render mode) is known the second time. */
export type CleanedForms = Map<string, PDFRef | undefined>;

/** Removes invisible text from the page's content and from the forms it draws, in copies of its own. */
export function removeOldLayer(leaf: PDFPageLeaf, forms: CleanedForms): void {
  const { context } = leaf;
  const bytes = pageContent(leaf);
  if (bytes === undefined || bytes.length === 0) return;
  const found = leaf.getInheritableAttribute(PDFName.of("Resources"));
  const resources = asDict(context, found);
  const cleaned = clean({ context, forms }, bytes, resources, 0, 0);
  if (cleaned === undefined) return;
  if (cleaned.bytes !== undefined) leaf.set(PDFName.Contents, context.register(deflated(context, cleaned.bytes)));
  if (cleaned.resources !== undefined) leaf.set(PDFName.Resources, cleaned.resources);
}

type Job = { context: PDFContext; forms: CleanedForms };
/** What is new about a stream; undefined for what stays. */
type Cleaned = { bytes: Buffer | undefined; resources: PDFDict | undefined };

function clean(job: Job, bytes: Buffer, resources: PDFDict | undefined, mode: number, depth: number) {
  const { context } = job;
  const xObjects = asDict(context, resources?.get(PDFName.of("XObject")));
  const fonts = asDict(context, resources?.get(PDFName.of("Font")));
  const names = { isType3: (font: string) => isType3(context, fonts, font) };
  // Without the operator there is nothing to find but in forms, each of which begins as this stream does.
  const operations = mode === 0 && !bytes.includes("Tr") ? [] : readOperations(bytes);
  if (operations === undefined) return undefined;
  const { edits, drawn } = findInvisibleText(operations, mode, names);
  if (operations.length === 0) for (const key of xObjects?.keys() ?? []) drawn.set(key.toString(), new Set([mode]));
  let replaced: PDFDict | undefined;
  for (const [name, modes] of drawn) {
    const [only, ...others] = modes;
    // Drawn in two modes it would need two copies; no OCR program does that.
    if (xObjects === undefined || only === undefined || others.length > 0) continue;
    const key = PDFName.of(decodeName(name));
    const form = cleanForm(job, xObjects.get(key), resources, only, depth + 1);
    if (form === undefined) continue;
    replaced ??= xObjects.clone(context);
    replaced.set(key, form);
  }
  const own = replaced === undefined ? undefined : (resources?.clone(context) ?? context.obj({}));
  if (replaced !== undefined) own?.set(PDFName.of("XObject"), replaced);
  const cleaned: Cleaned = { bytes: edits.length > 0 ? edited(bytes, edits) : undefined, resources: own };
  return cleaned;
}

/** A copy of the form without invisible text; undefined when it has none, or is no form. */
function cleanForm(job: Job, ref: unknown, inherited: PDFDict | undefined, mode: number, depth: number) {
  const { context, forms } = job;
  if (!(ref instanceof PDFRef) || depth > maxDepth) return undefined;
  const known = `${ref.tag} ${mode}`;
  if (forms.has(known) || forms.size >= maxForms) return forms.get(known);
  forms.set(known, undefined);
  const stream = context.lookup(ref);
  if (!(stream instanceof PDFRawStream) || stream.dict.get(PDFName.of("Subtype")) !== PDFName.of("Form"))
    return undefined;
  const bytes = unpack(stream);
  const resources = asDict(context, stream.dict.get(PDFName.of("Resources"))) ?? inherited;
  const cleaned = bytes === undefined ? undefined : clean(job, bytes, resources, mode, depth);
  if (bytes === undefined || cleaned === undefined) return undefined;
  if (cleaned.bytes === undefined && cleaned.resources === undefined) return undefined;
  const copy = deflated(context, cleaned.bytes ?? bytes);
  for (const [key, value] of stream.dict.entries()) {
    if (!["Length", "Filter", "DecodeParms"].includes(key.decodeText())) copy.dict.set(key, value);
  }
  if (cleaned.resources !== undefined) copy.dict.set(PDFName.of("Resources"), cleaned.resources);
  const made = context.register(copy);
  forms.set(known, made);
  return made;
}

function isType3(context: PDFContext, fonts: PDFDict | undefined, name: string): boolean {
  const font = asDict(context, fonts?.get(PDFName.of(decodeName(name))));
  // A font that is not there may be anything.
  return font === undefined || font.get(PDFName.of("Subtype")) === PDFName.of("Type3");
}

/** `/Name` as PDFName.of wants it: without the slash, #xx as it is. */
const decodeName = (written: string) => written.slice(1);
