// What the document says about itself: who made this copy, when, in which language.
import { createHash } from "node:crypto";
import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from "pdf-lib";
import type { AssembleRequest } from "../sandbox/protocol.ts";

/** BCP 47 tags of tesseract's names that are not their own tag. */
const languageTags: Record<string, string> = {
  eng: "en",
  chi_tra: "zh-Hant",
  chi_tra_vert: "zh-Hant",
  chi_sim: "zh-Hans",
  chi_sim_vert: "zh-Hans",
  jpn: "ja",
  jpn_vert: "ja",
  kor: "ko",
  deu: "de",
  fra: "fr",
  spa: "es",
  ita: "it",
  por: "pt",
  nld: "nl",
  rus: "ru",
};

/** Sets producer, dates (from the task, never the clock), identifier and language. A signed original's copy says it is not signed. */
export function writeDocumentInfo(document: PDFDocument, request: AssembleRequest, signed: boolean): void {
  const { context, catalog } = document;
  const known = context.lookup(context.trailerInfo.Info);
  const info = known instanceof PDFDict ? known : context.obj({});
  if (known !== info) context.trailerInfo.Info = context.register(info);
  const date = PDFString.fromDate(new Date(request.createdAt));
  info.set(PDFName.of("Producer"), PDFString.of("Legible"));
  if (!info.has(PDFName.of("CreationDate"))) info.set(PDFName.of("CreationDate"), date);
  info.set(PDFName.of("ModDate"), date);
  if (signed) info.set(PDFName.of("Subject"), PDFString.of("This searchable copy is not signed."));

  const language = request.languages[0];
  if (language !== undefined && !catalog.has(PDFName.of("Lang"))) {
    catalog.set(PDFName.of("Lang"), PDFString.of(languageTags[language] ?? language.slice(0, 3)));
  }
  const source = request.files.map((file) => file.sha256).join();
  context.trailerInfo.ID = context.obj([
    identifier(source),
    identifier(`${source} ${request.taskId} ${request.createdAt}`),
  ]);
}

function identifier(text: string): PDFHexString {
  return PDFHexString.of(createHash("sha256").update(text).digest("hex").slice(0, 32));
}
