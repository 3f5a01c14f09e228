// What the document says about itself: who made this copy, when, from what, in which language.
import { createHash } from "node:crypto";
import { fileStem } from "@legible/shared/file-name";
import { scrubText } from "@legible/shared/text";
import { PDFBool, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFRef, PDFString } from "pdf-lib";
import type { AssembleRequest } from "../sandbox/protocol.ts";
import { languageTag } from "./language-tag.ts";
import { unpack } from "./page-content.ts";
import { type DocumentFacts, xmpPacket } from "./xmp.ts";

/** Seen in the properties that every viewer shows, and in the XMP. */
const notSigned = "This searchable copy is not signed. The original is.";

/**
 * Sets producer, dates (from the task, never the clock), identifier, language and title; what the original says of itself stays.
 * The copy of a signed original says that it is not signed. `pdfa`: the document may claim PDF/A-2b.
 */
export function writeDocumentInfo(
  document: PDFDocument,
  request: AssembleRequest,
  { signed, pdfa }: { signed: boolean; pdfa: boolean },
): void {
  const { context, catalog } = document;
  const known = context.lookup(context.trailerInfo.Info);
  const info = known instanceof PDFDict ? known : context.obj({});
  if (known !== info) context.trailerInfo.Info = context.register(info);
  const modified = new Date(request.createdAt);
  const facts = ownFacts(info, modified);
  if (signed) facts.subject = facts.subject === undefined ? notSigned : `${facts.subject} (${notSigned})`;
  const title = fileStem(request.files[0]?.displayName ?? "");
  if (facts.title === undefined && title !== "") facts.title = title;
  writeInfo(info, facts);

  const [language] = request.languages;
  if (language !== undefined && !catalog.has(PDFName.of("Lang"))) {
    catalog.set(PDFName.of("Lang"), PDFString.of(languageTag(language)));
  }
  showTitle(document);
  writeMetadata(document, facts, signed, pdfa);
  const source = request.files.map((file) => file.sha256).join();
  context.trailerInfo.ID = context.obj([
    identifier(source),
    identifier(`${source} ${request.taskId} ${request.createdAt}`),
  ]);
}

const textKeys = {
  title: "Title",
  author: "Author",
  subject: "Subject",
  keywords: "Keywords",
  creator: "Creator",
} as const;
type TextFact = keyof typeof textKeys;
const textFacts = Object.keys(textKeys) as TextFact[];

function ownFacts(info: PDFDict, modified: Date): DocumentFacts {
  const facts: DocumentFacts = { producer: "Legible", created: createdOf(info) ?? modified, modified };
  for (const fact of textFacts) {
    const value = info.context.lookup(info.get(PDFName.of(textKeys[fact])));
    if (!(value instanceof PDFString || value instanceof PDFHexString)) continue;
    const text = scrubText(value.decodeText()).trim();
    if (text !== "") facts[fact] = text;
  }
  return facts;
}

function createdOf(info: PDFDict): Date | undefined {
  const value = info.context.lookup(info.get(PDFName.of("CreationDate")));
  if (!(value instanceof PDFString || value instanceof PDFHexString)) return undefined;
  try {
    const date = value.decodeDate();
    return Number.isNaN(date.getTime()) ? undefined : date;
  } catch {
    // pdf-lib throws on dates that are none; many programs write such.
    return undefined;
  }
}

/** Entries that are not standard ones stay as they are. */
function writeInfo(info: PDFDict, facts: DocumentFacts): void {
  for (const fact of textFacts) {
    const text = facts[fact];
    if (text === undefined) info.delete(PDFName.of(textKeys[fact]));
    else info.set(PDFName.of(textKeys[fact]), toTextString(text));
  }
  info.set(PDFName.of("Producer"), PDFString.of(facts.producer));
  info.set(PDFName.of("CreationDate"), PDFString.fromDate(facts.created));
  info.set(PDFName.of("ModDate"), PDFString.fromDate(facts.modified));
}

/** Plain letters as they are, so that programs which look for them find them; UTF-16 for the rest. */
function toTextString(text: string): PDFString | PDFHexString {
  return /^[\x20-\x7e]*$/u.test(text) && !/[()\\]/u.test(text) ? PDFString.of(text) : PDFHexString.fromText(text);
}

/** A window is named after the title, not the file (what accessible documents are asked for); other wishes of the author stay. */
function showTitle({ context, catalog }: PDFDocument): void {
  const key = PDFName.of("ViewerPreferences");
  const found = context.lookup(catalog.get(key));
  const preferences = found instanceof PDFDict ? found : context.obj({});
  if (preferences.has(PDFName.of("DisplayDocTitle"))) return;
  preferences.set(PDFName.of("DisplayDocTitle"), PDFBool.True);
  if (found !== preferences) catalog.set(key, preferences);
}

/**
 * XMP of our own where it has something to say, or where the original's would not be true of this copy: it claims a form of PDF
 * that a text layer may break. Otherwise the original's own stays.
 */
function writeMetadata({ context, catalog }: PDFDocument, facts: DocumentFacts, signed: boolean, pdfa: boolean): void {
  const key = PDFName.of("Metadata");
  const own = context.lookup(catalog.get(key));
  if (!signed && !pdfa && (own === undefined || !claimsForm(own))) return;
  const packet = PDFRawStream.of(
    context.obj({ Type: "Metadata", Subtype: "XML" }),
    // Unpacked: programs look for it in the file as it is.
    Buffer.from(xmpPacket(facts, pdfa), "utf8"),
  );
  const old = catalog.get(key);
  if (old instanceof PDFRef) context.assign(old, packet);
  else catalog.set(key, context.register(packet));
}

function claimsForm(metadata: unknown): boolean {
  const bytes = unpack(metadata);
  // What cannot be read cannot be vouched for.
  if (bytes === undefined) return true;
  return /pdf(?:a|ua|x|vt|e)id\b|GTS_PDF/u.test(bytes.toString("latin1").replaceAll("\0", ""));
}

function identifier(text: string): PDFHexString {
  return PDFHexString.of(createHash("sha256").update(text).digest("hex").slice(0, 32));
}
