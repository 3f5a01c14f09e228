// What may not stand in one PDF dictionary: actions that run by themselves, reach out or open other files, and embedded files.
import { PDFArray, PDFDict, PDFHexString, PDFName, type PDFObject, PDFStream, PDFString } from "pdf-lib";
import type { Cleaning } from "./active-content.ts";
import { isSigned, unsign } from "./signature-fields.ts";

/** Entries that are removed wherever they stand. */
const forbiddenKeys = [
  "OpenAction",
  "AA",
  "JS",
  "JavaScript",
  "EmbeddedFiles",
  "EF",
  "AF",
  "XFA",
  "NeedsRendering",
].concat(["RichMediaContent", "RichMediaSettings", "Collection", "Perms", "DSS", "SigFlags"]);
/** Entries that hold an action; it stays only when it leads within the document or to a web address. */
const actionKeys = ["A", "PA", "Next"];
const allowedActions = new Set(["GoTo", "URI", "Named", "Thread", "SetOCGState", "Hide", "ResetForm", "Trans"]);
const forbiddenActions = new Set(
  ["JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition"].concat([
    "Movie",
    "Sound",
    "RichMediaExecute",
    "GoTo3DView",
  ]),
);
const forbiddenAnnotations = new Set(["RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D"]);
const webAddress = /^(https?|mailto|tel|ftp):/iu;

/** Removes from `dict` what may not be there. */
export function cleanDictionary(dict: PDFDict, cleaning: Cleaning): void {
  const kind = nameIn(dict, "S");
  if (kind !== undefined && forbiddenActions.has(kind) && nameIn(dict, "Type") !== "StructElem") {
    for (const key of dict.keys()) dict.delete(key);
    return;
  }
  for (const key of forbiddenKeys) dict.delete(PDFName.of(key));
  for (const key of actionKeys) {
    const action = lookup(dict, key);
    // Also a list of actions (Next): what follows an allowed action is not worth the risk.
    const isList = key === "Next" && action instanceof PDFArray;
    if (isList || (action instanceof PDFDict && isAction(action) && !isAllowed(action))) dict.delete(PDFName.of(key));
  }
  removeSignature(dict, cleaning);
  removeAnnotations(dict, lookup(dict, "Annots"), cleaning);
}

function removeSignature(dict: PDFDict, { formerFields }: Cleaning): void {
  if (isSigned(dict)) for (const field of unsign(dict)) formerFields.add(field);
}

function isAction(dict: PDFDict): boolean {
  return nameIn(dict, "S") !== undefined;
}

function isAllowed(action: PDFDict): boolean {
  const kind = nameIn(action, "S") ?? "";
  if (kind !== "URI") return allowedActions.has(kind);
  const address = lookup(action, "URI");
  return (
    (address instanceof PDFString || address instanceof PDFHexString) && webAddress.test(address.decodeText().trim())
  );
}

function removeAnnotations(holder: PDFDict, annotations: PDFObject | undefined, cleaning: Cleaning): void {
  if (!(annotations instanceof PDFArray)) return;
  for (let index = annotations.size() - 1; index >= 0; index--) {
    const annotation = holder.context.lookup(annotations.get(index));
    if (!(annotation instanceof PDFDict)) continue;
    removeSignature(annotation, cleaning);
    // Readers draw a stamp of their own where one has no look.
    const unseen = cleaning.formerFields.has(annotation) && !annotation.has(PDFName.of("AP"));
    if (unseen || forbiddenAnnotations.has(nameIn(annotation, "Subtype") ?? "")) annotations.remove(index);
  }
}

function nameIn(dict: PDFDict, key: string): string | undefined {
  const value = lookup(dict, key);
  return value instanceof PDFName ? value.decodeText() : undefined;
}

function lookup(dict: PDFDict, key: string): PDFObject | undefined {
  const value = dict.context.lookup(dict.get(PDFName.of(key)));
  return value instanceof PDFStream ? undefined : value;
}
