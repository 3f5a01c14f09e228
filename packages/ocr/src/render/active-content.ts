// Takes out of a PDF what acts by itself or hides files, and everything that nothing points to any more: pdf-lib keeps both.
// Links to pages and to web addresses, bookmarks, labels and form fields stay.
import { PDFArray, type PDFContext, PDFDict, PDFNull, type PDFObject, PDFRef, PDFStream } from "pdf-lib";
import { cleanDictionary } from "./clean-dictionary.ts";
import { dropFormerFields } from "./signature-fields.ts";

/** What was found: fields and annotations of signatures, which are none any more. */
export type Cleaning = { formerFields: Set<PDFDict> };

/**
 * Cleans every object that the trailer reaches and deletes the others. `removedPages` are pages left out of the result:
 * they and what only they reach go too, even where a bookmark still names them.
 */
export function removeActiveContent(context: PDFContext, removedPages: readonly PDFRef[]): Cleaning {
  const cleaning: Cleaning = { formerFields: new Set() };
  const removed = new Set(removedPages);
  // A dictionary whose keys its author chose (font names, say) is left alone where it is reached as one, and cleaned where it is not.
  const seen: Record<"plain" | "named", Set<PDFObject>> = { plain: new Set(), named: new Set() };
  const { Root, Info, ID } = context.trailerInfo;
  const stack: Visit[] = [Root, Info, ID].flatMap((object) => (object === undefined ? [] : [{ object, named: false }]));
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { object, named } = visit;
    const visited = named ? seen.named : seen.plain;
    if (visited.has(object) || (object instanceof PDFRef && removed.has(object))) continue;
    if (object instanceof PDFRef) {
      visited.add(object);
      const target = context.lookup(object);
      if (target !== undefined) stack.push({ object: target, named });
    } else if (object instanceof PDFArray) {
      visited.add(object);
      for (const item of object.asArray()) stack.push({ object: item, named: false });
    } else if (object instanceof PDFDict || object instanceof PDFStream) {
      visited.add(object);
      const dict = object instanceof PDFDict ? object : object.dict;
      if (!named) cleanDictionary(dict, cleaning);
      for (const [key, value] of dict.entries()) stack.push({ object: value, named: namedBelow.has(key.decodeText()) });
    }
  }
  const catalog = context.lookup(Root);
  if (catalog instanceof PDFDict) dropFormerFields(catalog, cleaning.formerFields);
  for (const [ref] of context.enumerateIndirectObjects()) {
    if (!seen.plain.has(ref) && !seen.named.has(ref)) context.delete(ref);
  }
  dropDeadReferences(context);
  return cleaning;
}

type Visit = { object: PDFObject; named: boolean };

/** Keys under which a dictionary's own keys are free names (PDF 32000-1: resources, appearance states, glyph procedures, …). */
const namedBelow = new Set(
  ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties", "CharProcs"].concat([
    "Dests",
    "RoleMap",
    "ClassMap",
    "Colorants",
    "N",
    "R",
    "D",
  ]),
);

/** A reference to nothing is null (PDF 32000-1, 7.3.10); saying so spares readers a warning. */
function dropDeadReferences(context: PDFContext): void {
  const alive = (object: PDFObject) => !(object instanceof PDFRef) || context.lookup(object) !== undefined;
  const stack: PDFObject[] = context.enumerateIndirectObjects().map(([, object]) => object);
  for (let object = stack.pop(); object !== undefined; object = stack.pop()) {
    if (object instanceof PDFArray) {
      object.asArray().forEach((item, index) => {
        if (!alive(item)) object.set(index, PDFNull);
        else if (!(item instanceof PDFRef)) stack.push(item);
      });
    } else if (object instanceof PDFDict || object instanceof PDFStream) {
      const dict = object instanceof PDFDict ? object : object.dict;
      for (const [key, value] of dict.entries()) {
        if (!alive(value)) dict.delete(key);
        else if (!(value instanceof PDFRef)) stack.push(value);
      }
    }
  }
}
