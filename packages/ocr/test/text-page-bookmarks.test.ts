import { expect, test } from "vitest";
import { rawPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

/** A page of lines in one type, with these bookmarks; the second is inside the first. */
function bookmarkedPdf(lines: readonly string[], [outer, inner]: readonly [string, string]): Uint8Array {
  const content = lines.map((text, index) => `BT /F1 10 Tf 20 ${170 - index * 12} Td (${text}) Tj ET`).join("\n");
  return rawPdf([
    "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /First 7 0 R /Last 7 0 R /Count 1 >>",
    `<< /Title (${outer}) /Parent 6 0 R /First 8 0 R /Last 8 0 R /Dest [3 0 R /Fit] >>`,
    // Its next one is itself: readers must not follow it for ever.
    `<< /Title (${inner}) /Parent 7 0 R /Next 8 0 R /A << /S /GoTo /D [3 0 R /Fit] >> >>`,
  ]);
}

const lines = [
  "1 Measuring the flow",
  "The first lines of running text that have no other type than their",
  "heading has, so that nothing tells it apart from them.",
  "Instruments and",
  "their errors",
  "More running text of the same kind follows here until the page ends,",
  "line after line, without anything that looks like a heading at all.",
];

const headings = async (bookmarks: readonly [string, string]) => {
  const { answer } = await readInProcess(bookmarkedPdf(lines, bookmarks));
  return answer.page.blocks
    .filter((block) => block.type === "heading")
    .map((block) => [block.level, block.lines.flatMap((line) => line.words.map((word) => word.text)).join(" ")]);
};

test("lines that say what a bookmark says are headings of its depth, over the end of a line and without numbering", async () => {
  expect(await headings(["Measuring the flow", "Instruments and their errors"])).toEqual([
    [2, "1 Measuring the flow"],
    [3, "Instruments and their errors"],
  ]);
});

test("bookmarks whose title stands nowhere on the page, or is a page number, make no heading", async () => {
  expect(await headings(["Measuring", "Page 1"])).toEqual([]);
});
