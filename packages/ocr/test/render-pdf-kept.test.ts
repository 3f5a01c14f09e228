// What a searchable copy keeps of the original beside its pages, and what of a signed one it cannot keep.
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString, StandardFonts } from "pdf-lib";
import { afterAll, expect, test } from "vitest";
import { assembleIn, cleanUp, makeBlock, makePage, pageSize, placedWords, run, unpacked } from "./render-trees.ts";

afterAll(cleanUp);

const tree = makePage(1, [makeBlock("p1b1", 60, 80, ["Invisible words"])]);
const size: [number, number] = [(pageSize.width * 72) / pageSize.dpi, (pageSize.height * 72) / pageSize.dpi];

async function makePdf(prepare: (document: PDFDocument) => void | Promise<void>): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage(size).drawRectangle({ x: 10, y: 10, width: 50, height: 20 });
  await prepare(document);
  return document.save();
}

async function copyOf(bytes: Uint8Array, over: { pdfa?: boolean } = {}) {
  const input = { bytes, mimeType: "application/pdf" as const, pages: [{ tree, index: 0 }] };
  const assembled = await assembleIn([input], ["eng"], over);
  expect(await run("qpdf", "--check", assembled.pdfPath)).toContain("No syntax or stream encoding errors");
  return { ...assembled, document: await PDFDocument.load(assembled.pdf, { updateMetadata: false }) };
}

/** A form with a text field; `signature` is the value of a field for signatures beside it. */
async function addForm(document: PDFDocument, signature?: PDFDict): Promise<void> {
  const { context } = document;
  const [page] = document.getPages();
  if (page === undefined) throw new Error("no page");
  const form = document.getForm();
  const text = form.createTextField("applicant.name");
  text.setText("Ada");
  text.addToPage(page, {
    x: 10,
    y: 60,
    width: 90,
    height: 20,
    font: document.embedStandardFont(StandardFonts.Helvetica),
  });
  const look = context.register(
    context.stream("0 0 9 9 re f", { Type: "XObject", Subtype: "Form", BBox: [0, 0, 9, 9] }),
  );
  const widget = context.obj({
    Type: "Annot",
    Subtype: "Widget",
    Rect: [200, 10, 260, 40],
    FT: "Sig",
    F: 4,
    AP: { N: look },
  });
  widget.set(PDFName.of("T"), PDFString.of("Signature1"));
  if (signature !== undefined) widget.set(PDFName.of("V"), context.register(signature));
  const field = context.register(widget);
  page.node.addAnnot(field);
  form.acroForm.addField(field);
  form.acroForm.dict.set(PDFName.of("SigFlags"), context.obj(3));
}

const signatureOf = ({ context }: PDFDocument) => {
  const made = context.obj({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "adbe.pkcs7.detached",
    ByteRange: [0, 9, 99, 9],
  });
  made.set(PDFName.of("Contents"), PDFHexString.of("30820100"));
  return made;
};

test("the copy of a signed document has no signature and no field for it, keeps its look and says that it is not signed", async () => {
  const bytes = await makePdf((made) => addForm(made, signatureOf(made)));
  const { document, pdfPath, notes } = await copyOf(bytes);
  expect(notes).toEqual(["SOURCE_SIGNED"]);
  expect(
    document
      .getForm()
      .getFields()
      .map((field) => field.getName()),
  ).toEqual(["applicant.name"]);
  expect(await unpacked(pdfPath)).not.toMatch(/\/(?:ByteRange|Sig|SigFlags|PPKLite)\b/u);
  const said = "This searchable copy is not signed. The original is.";
  expect(document.getSubject()).toBe(said);
  expect(await unpacked(pdfPath)).toContain(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${said}`);
  const annotations = document.getPage(0).node.Annots();
  const stamp = annotations?.lookup(1, PDFDict);
  expect(stamp?.get(PDFName.of("Subtype"))).toBe(PDFName.of("Stamp"));
  expect(stamp?.has(PDFName.of("AP"))).toBe(true);
});

test("a signed document that is wanted as PDF/A is one, and says that it is not signed", async () => {
  const bytes = await makePdf(async (made) => {
    await addForm(made, signatureOf(made));
    made.getForm().removeField(made.getForm().getTextField("applicant.name"));
  });
  const { notes, pdfPath } = await copyOf(bytes, { pdfa: true });
  expect(notes).toEqual(["SOURCE_SIGNED"]);
  expect(await unpacked(pdfPath)).toContain("<pdfaid:part>2</pdfaid:part>");
});

test("a field that nobody has signed in stays, and nothing is said about signatures", async () => {
  const { document, notes } = await copyOf(await makePdf((made) => addForm(made)));
  expect(notes).toEqual([]);
  expect(
    document
      .getForm()
      .getFields()
      .map((field) => field.getName()),
  ).toEqual(["applicant.name", "Signature1"]);
  expect(document.getSubject()).toBeUndefined();
});

test("a signature that shows nothing leaves no mark", async () => {
  const bytes = await makePdf(async (made) => {
    await addForm(made, signatureOf(made));
    made.getPage(0).node.Annots()?.lookup(1, PDFDict).delete(PDFName.of("AP"));
  });
  const { document, notes } = await copyOf(bytes);
  expect(notes).toEqual(["SOURCE_SIGNED"]);
  expect(document.getPage(0).node.Annots()?.size()).toBe(1);
});

test("forms can be filled in, page labels and the viewer's preferences stay", async () => {
  const bytes = await makePdf(async (made) => {
    await addForm(made);
    const { context, catalog } = made;
    const labels = context.obj({ Nums: [0, { S: "r", St: 4 }] });
    catalog.set(PDFName.of("PageLabels"), context.register(labels));
    catalog.set(
      PDFName.of("ViewerPreferences"),
      context.obj({ HideToolbar: true, Direction: "R2L", DisplayDocTitle: false }),
    );
    catalog.set(PDFName.of("PageLayout"), PDFName.of("TwoColumnRight"));
    catalog.set(PDFName.of("PageMode"), PDFName.of("UseThumbs"));
  });
  const { document, pdfPath } = await copyOf(bytes);
  const field = document.getForm().getTextField("applicant.name");
  expect(field.getText()).toBe("Ada");
  field.setText("Grace");
  await expect(document.save()).resolves.toBeInstanceOf(Uint8Array);
  const { catalog } = document;
  const numbers = catalog.lookup(PDFName.of("PageLabels"), PDFDict).lookup(PDFName.of("Nums"), PDFArray);
  expect(numbers.lookup(1, PDFDict).toString()).toBe("<<\n/S /r\n/St 4\n>>");
  const preferences = catalog.lookup(PDFName.of("ViewerPreferences"), PDFDict);
  expect(
    ["HideToolbar", "Direction", "DisplayDocTitle"].map((key) => preferences.get(PDFName.of(key))?.toString()),
  ).toEqual(["true", "/R2L", "false"]);
  expect(["PageLayout", "PageMode"].map((key) => catalog.get(PDFName.of(key))?.toString())).toEqual([
    "/TwoColumnRight",
    "/UseThumbs",
  ]);
  // The layer came on top of it.
  expect((await placedWords(pdfPath)).map(({ text }) => text)).toEqual(expect.arrayContaining(["Invisible", "words"]));
});
