// Makes a document PDF/A-2b (ISO 19005-2) where it can be one. What the standard forbids and nobody sees is taken out; what would
// change the look of a page is left, and the document then claims nothing. docs/decisions tell why.
import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFStream, PDFString } from "pdf-lib";
import { deflated } from "../deflated-stream.ts";
import { dictIn, itemsIn, nameIn, numberIn, type Obstacle, objectIn } from "./findings.ts";
import { findObstacles } from "./inspect-document.ts";
import { srgbProfile } from "./srgb-profile.ts";

/** Entries of images, forms, graphics states and form dictionaries that PDF/A-2 forbids and that no screen shows. */
const removedKeys: [kind: string, keys: string[]][] = [
  ["Image", ["Interpolate", "Alternates", "OPI"]],
  ["Form", ["OPI", "Ref", "PS", "Subtype2"]],
  ["ExtGState", ["TR", "TR2", "HT", "HTP"]],
  ["Widget", ["A"]],
  // Lists of glyphs that must be whole when they are there, and need not be.
  ["FontDescriptor", ["CharSet", "CIDSet"]],
];
const allowedActions = new Set(["GoTo", "URI", "Named", "Thread"]);
const allowedNames = new Set(["NextPage", "PrevPage", "FirstPage", "LastPage"]);
/** Bit of an annotation's flags: printed like the page. */
const print = 4;

/** Empty when the document may claim PDF/A-2b; it still lacks the claim, which is in its XMP. Otherwise nothing was changed. */
export function makePdfa(document: PDFDocument): Obstacle[] {
  const obstacles = findObstacles(document);
  if (obstacles.length > 0) return obstacles;
  const { context, catalog } = document;
  for (const dict of everyDictionary(document)) tidy(dict, dict === catalog);
  for (const page of document.getPages()) {
    // Resources must stand at the page itself (6.2.2).
    const resources = page.node.getInheritableAttribute(PDFName.Resources);
    page.node.set(PDFName.Resources, resources ?? context.obj({}));
    for (const annotation of itemsIn(page.node, "Annots")) if (annotation instanceof PDFDict) showAlike(annotation);
  }
  dictIn(catalog, "AcroForm")?.delete(PDFName.of("NeedAppearances"));
  for (const key of ["Requirements", "AlternatePresentations"]) catalog.delete(PDFName.of(key));
  tidyLayers(dictIn(catalog, "OCProperties"));
  catalog.set(PDFName.of("OutputIntents"), context.obj([outputIntent(document)]));
  return [];
}

function tidy(dict: PDFDict, isCatalog: boolean): void {
  const kinds = [nameIn(dict, "Type"), nameIn(dict, "Subtype")];
  for (const [kind, keys] of removedKeys) {
    if (kinds.includes(kind)) for (const key of keys) dict.delete(PDFName.of(key));
  }
  // Graphics states seldom say what they are; TR of a soft mask is another thing, and allowed.
  if (nameIn(dict, "Type") === undefined && nameIn(dict, "S") === undefined) dict.delete(PDFName.of("TR"));
  if (!isCatalog && objectIn(dict, "Metadata") !== undefined) dict.delete(PDFName.of("Metadata"));
  const action = dictIn(dict, "A");
  if (action !== undefined && !isAllowedAction(action)) dict.delete(PDFName.of("A"));
}

function isAllowedAction(action: PDFDict): boolean {
  const kind = nameIn(action, "S");
  if (kind === undefined) return true;
  return kind === "Named" ? allowedNames.has(nameIn(action, "N") ?? "") : allowedActions.has(kind);
}

/** The same on paper as on the screen (6.3.2), and one look only (6.3.3). */
function showAlike(annotation: PDFDict): void {
  if (nameIn(annotation, "Subtype") === "Popup") return;
  annotation.set(PDFName.of("F"), PDFNumber.of((numberIn(annotation, "F") ?? 0) | print));
  const looks = dictIn(annotation, "AP");
  for (const key of ["R", "D"]) looks?.delete(PDFName.of(key));
}

/** Every configuration of layers has a name, and none changes by what the reader does (6.9). */
function tidyLayers(layers: PDFDict | undefined): void {
  if (layers === undefined) return;
  const configurations = [dictIn(layers, "D"), ...itemsIn(layers, "Configs")];
  configurations.forEach((configuration, index) => {
    if (!(configuration instanceof PDFDict)) return;
    configuration.set(PDFName.of("Name"), PDFString.of(`Layers ${index + 1}`));
    // An order must name every layer, or not be there.
    for (const key of ["AS", "Order"]) configuration.delete(PDFName.of(key));
  });
}

/** The original's own one for RGB, or sRGB. */
function outputIntent({ context, catalog }: PDFDocument): PDFDict {
  for (const own of itemsIn(catalog, "OutputIntents")) {
    if (!(own instanceof PDFDict) || nameIn(own, "S") !== "GTS_PDFA1") continue;
    if (numberIn(dictIn(own, "DestOutputProfile"), "N") === 3) return own;
  }
  const profile = context.register(deflated(context, srgbProfile(), { N: 3 }));
  const intent = context.obj({ Type: "OutputIntent", S: "GTS_PDFA1", DestOutputProfile: profile });
  for (const key of ["OutputConditionIdentifier", "Info"])
    intent.set(PDFName.of(key), PDFString.of("sRGB IEC61966-2.1"));
  return intent;
}

/** All dictionaries of the document, those of streams and those inside others included. */
function* everyDictionary({ context }: PDFDocument): Generator<PDFDict> {
  const stack: PDFObject[] = context.enumerateIndirectObjects().map(([, object]) => object);
  for (let object = stack.pop(); object !== undefined; object = stack.pop()) {
    if (object instanceof PDFArray) for (const item of object.asArray()) stack.push(item);
    const dict = object instanceof PDFStream ? object.dict : object instanceof PDFDict ? object : undefined;
    if (dict === undefined) continue;
    yield dict;
    for (const value of dict.values()) stack.push(value);
  }
}
