import { PDFDocument, StandardFonts } from "pdf-lib";
import { expect, test } from "vitest";
import { rawPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

test("values of form fields stand behind their labels", async () => {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([400, 200]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const [index, label] of ["Full name", "Town"].entries()) {
    page.drawText(label, { x: 30, y: 150 - index * 60, size: 12, font });
  }
  const form = pdf.getForm();
  for (const [index, value] of ["Siobhan Szymanski", "Dunedin"].entries()) {
    const field = form.createTextField(`field${index}`);
    field.setText(value);
    field.addToPage(page, { x: 120, y: 145 - index * 60, width: 200, height: 20, borderWidth: 0 });
    field.setFontSize(12);
  }
  const { decided, text } = await readInProcess(await pdf.save());
  expect(decided.decision).toBe("text");
  expect(text.split(/\s+/u).join(" ")).toBe("Full name Siobhan Szymanski Town Dunedin");
});

/** A page with one annotation. */
const annotated = (annotation: string, content: string) =>
  rawPdf([
    "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DR << /Font << /F1 5 0 R >> >> /DA (/F1 10 Tf 0 g) >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    annotation,
    "<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >> /Length 47 >>\nstream\nBT /F1 10 Tf 2 5 Td (Typed on the page) Tj ET  \nendstream",
  ]);
const above = "BT /F1 10 Tf 20 150 Td (The line above it has enough letters) Tj ET";
const below = "BT /F1 10 Tf 20 50 Td (The line below it) Tj ET";

test("notes typed on the page stand where they are seen", async () => {
  const note =
    "<< /Type /Annot /Subtype /FreeText /Rect [20 95 220 115] /Contents (other) /DA (/F1 10 Tf) /AP << /N 7 0 R >> >>";
  const { text } = await readInProcess(annotated(note, `${above} ${below}`));
  expect(text).toBe("The line above it has enough letters\n\nTyped on the page\n\nThe line below it");
});

test("a note that is not shown is not read", async () => {
  const note =
    "<< /Type /Annot /Subtype /FreeText /F 2 /Rect [20 95 220 115] /Contents (other) /DA (/F1 10 Tf) /AP << /N 7 0 R >> >>";
  const { text } = await readInProcess(annotated(note, `${above} ${below}`));
  expect(text).not.toContain("Typed");
});

test("a field's value is read although the file does not say how it looks", async () => {
  const field =
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Filled in by a program) /F 4 /Rect [20 95 220 115] /DA (/F1 10 Tf 0 g) >>";
  const { text } = await readInProcess(annotated(field, `${above} ${below}`));
  expect(text).toBe("The line above it has enough letters\n\nFilled in by a program\n\nThe line below it");
});
