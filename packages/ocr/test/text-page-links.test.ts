import { expect, test } from "vitest";
import { rawPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

/** A page of two lines with a link annotation over each of `rects`. */
const linkedPdf = (action: string, rects: string) =>
  rawPdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
    "<< /Length 84 >>\nstream\nBT /F1 10 Tf 20 150 Td (Words before the long) Tj 0 -14 Td (address and words after it) Tj ET \nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    `<< /Type /Annot /Subtype /Link ${rects} /A << /S /URI /URI (${action}) >> >>`,
  ]);

/** "long" on the first line and "address" on the second. */
const twoLines = "/Rect [20 130 146 160] /QuadPoints [120 160 146 160 120 148 146 148 20 146 62 146 20 134 62 134]";

test("words under a link have its address, over the end of a line", async () => {
  const { answer } = await readInProcess(linkedPdf("https://example.org/a b", twoLines));
  const words = answer.page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  const linked = words.filter((word) => word.href !== undefined);
  expect(linked.map(({ text, href }) => [text, href])).toEqual([
    ["long", "https://example.org/a%20b"],
    ["address", "https://example.org/a%20b"],
  ]);
});

test.each(["javascript:alert\\(1\\)", "file:///etc/passwd", "#page=2"])("a link to %s is none", async (address) => {
  const { answer } = await readInProcess(linkedPdf(address, "/Rect [0 0 300 200]"));
  const words = answer.page.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
  expect(words).toHaveLength(9);
  expect(words.filter((word) => "href" in word)).toEqual([]);
});
