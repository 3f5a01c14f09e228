import { PDFDocument, StandardFonts } from "pdf-lib";
import { expect, test } from "vitest";
import { drawnPdf, makeScan, picture } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

const font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
const seen = "0 g BT /F1 10 Tf 20 150 Td (Twenty-five letters and more are seen) Tj ET";

test.each([
  ["white on white", "1 g BT /F1 10 Tf 20 100 Td (Never seen) Tj ET"],
  ["in the colour of what is under it", "0 0 1 rg 10 90 150 30 re f BT /F1 10 Tf 20 100 Td (Never seen) Tj ET"],
  ["covered by a sheet of colour", "BT /F1 10 Tf 20 100 Td (Never seen) Tj ET 1 0 0 rg 10 90 150 30 re f"],
  [
    "under a picture",
    "BT /F1 10 Tf 20 100 Td (Never seen) Tj ET q 150 0 0 30 10 90 cm BI /W 1 /H 1 /CS /G /BPC 8 ID a EI Q",
  ],
  ["invisible", "BT 3 Tr /F1 10 Tf 20 100 Td (Never seen) Tj 0 Tr ET"],
  ["too small to be seen", "BT /F1 0.4 Tf 20 100 Td (Never seen) Tj ET"],
  ["beside the page", "BT /F1 10 Tf 20 300 Td (Never seen) Tj ET"],
])("text %s is left out", async (_what, hidden) => {
  const { decided, text } = await readInProcess(drawnPdf([`${seen} ${hidden}`], font));
  expect(decided.decision).toBe("text");
  expect(text).toBe("Twenty-five letters and more are seen");
});

test.each([
  ["white on a dark ground", "0 g 10 90 150 30 re f 1 g BT /F1 10 Tf 20 100 Td (Seen as well) Tj ET"],
  [
    "over a sheet of its colour that lies under another",
    "0 g 10 90 150 30 re f 1 1 0 rg 10 90 150 30 re f 0 g BT /F1 10 Tf 20 100 Td (Seen as well) Tj ET",
  ],
  [
    "under a sheet of which only another part is drawn",
    "BT /F1 10 Tf 20 100 Td (Seen as well) Tj ET q 0 0 5 5 re W n 1 0 0 rg 10 90 150 30 re f Q",
  ],
])("text %s is kept", async (_what, shown) => {
  const { text } = await readInProcess(drawnPdf([`${seen} ${shown}`], font));
  expect(text).toBe("Twenty-five letters and more are seen\n\nSeen as well");
});

test("a page whose text lies under its picture is recognised, and the reason says so", async () => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([400, 300]);
  const type = await pdf.embedFont(StandardFonts.TimesRoman);
  for (let y = 50; y < 200; y += 20) {
    page.drawText("The words of some program under the picture of a page", { x: 20, y, size: 12, font: type });
  }
  const scan = await pdf.embedPng(
    await picture(await makeScan())
      .png()
      .toBuffer(),
  );
  page.drawImage(scan, { x: 0, y: 0, width: 400, height: 300 });
  const { decided, answer, text } = await readInProcess(await pdf.save());
  expect(decided.reason.code).toBe("MAY_BE_COVERED");
  expect([answer.page.source, text]).toEqual(["ocr", "recognised"]);
  expect(answer.reason?.code).toBe("TEXT_UNSEEN");
});
