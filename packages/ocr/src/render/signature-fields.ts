// Signatures of the original: a copy with text added to it cannot have them. What they look like stays on the page, as a stamp that
// claims nothing; fields that nobody has signed in stay fields.
import { PDFArray, PDFDict, PDFName } from "pdf-lib";

/** What makes a field of an annotation. What a signature demanded of later signers concerned the original. */
const fieldKeys = ["V", "DV", "Lock", "SV", "FT", "T", "TU", "TM", "Ff", "MK", "Kids", "Parent"];

/** Whether `field` holds the signature of a person, or of a time-stamping service. */
export function isSigned(field: PDFDict): boolean {
  const value = field.context.lookup(field.get(PDFName.of("V")));
  if (!(value instanceof PDFDict)) return false;
  const type = value.context.lookup(value.get(PDFName.of("Type")));
  return value.has(PDFName.of("ByteRange")) || type === PDFName.of("Sig") || type === PDFName.of("DocTimeStamp");
}

/** Makes `field` and the annotations that belong to it stamps; yields all of them. */
export function unsign(field: PDFDict): PDFDict[] {
  const former: PDFDict[] = [];
  const stack = [field];
  for (let dict = stack.pop(); dict !== undefined; dict = stack.pop()) {
    former.push(dict);
    stack.push(...fieldsIn(dict, "Kids").map(({ field: kid }) => kid));
    // Without its list of kids no field is met twice.
    for (const key of fieldKeys) dict.delete(PDFName.of(key));
    if (dict.get(PDFName.of("Subtype")) === PDFName.of("Widget")) dict.set(PDFName.of("Subtype"), PDFName.of("Stamp"));
  }
  return former;
}

/** Takes what is no field any more out of the document's form. */
export function dropFormerFields(catalog: PDFDict, former: ReadonlySet<PDFDict>): void {
  const form = catalog.context.lookup(catalog.get(PDFName.of("AcroForm")));
  const seen = new Set<PDFDict>();
  const stack = form instanceof PDFDict ? [{ holder: form, key: "Fields" }] : [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { holder, key } = next;
    if (former.size === 0 || seen.has(holder)) continue;
    seen.add(holder);
    const list = holder.context.lookup(holder.get(PDFName.of(key)));
    for (const { field, index } of fieldsIn(holder, key).reverse()) {
      if (!former.has(field)) stack.push({ holder: field, key: "Kids" });
      else if (list instanceof PDFArray) list.remove(index);
    }
  }
}

function fieldsIn(holder: PDFDict, key: string): { field: PDFDict; index: number }[] {
  const list = holder.context.lookup(holder.get(PDFName.of(key)));
  if (!(list instanceof PDFArray)) return [];
  const items = Array.from({ length: list.size() }, (_, index) => ({ field: list.lookup(index), index }));
  return items.flatMap(({ field, index }) => (field instanceof PDFDict ? [{ field, index }] : []));
}
