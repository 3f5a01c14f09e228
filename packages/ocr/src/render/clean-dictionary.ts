// What may not stand in one PDF dictionary: actions that run by themselves, reach out or open other files, and embedded files.
import { PDFArray, PDFDict, PDFHexString, PDFName, type PDFObject, PDFStream, PDFString } from "pdf-lib";
import type { Cleaning } from "./active-content.ts";

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
  const value = lookup(dict, "V");
  if (value instanceof PDFDict && isSignature(value)) {
    cleaning.signed = true;
    // The field stays, empty, with the look that it has on the page. What it demanded of signers concerned the original.
    for (const key of ["V", "Lock", "SV"]) dict.delete(PDFName.of(key));
  }
  removeAnnotations(dict, lookup(dict, "Annots"));
}

/** Of a person, or of a time-stamping service. */
function isSignature(dict: PDFDict): boolean {
  return dict.has(PDFName.of("ByteRange")) || ["Sig", "DocTimeStamp"].includes(nameIn(dict, "Type") ?? "");
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

function removeAnnotations(holder: PDFDict, annotations: PDFObject | undefined): void {
  if (!(annotations instanceof PDFArray)) return;
  for (let index = annotations.size() - 1; index >= 0; index--) {
    const annotation = holder.context.lookup(annotations.get(index));
    const subtype = annotation instanceof PDFDict ? nameIn(annotation, "Subtype") : undefined;
    if (subtype !== undefined && forbiddenAnnotations.has(subtype)) annotations.remove(index);
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
