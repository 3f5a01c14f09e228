import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { toBlocks } from "../src/pipeline/page-tree.ts";
import { readCharacters } from "../src/pipeline/pdf/pdf-characters.ts";
import { openPdf } from "../src/pipeline/pdf/pdf-file.ts";
import { withPdfPage } from "../src/pipeline/pdf/pdf-page.ts";
import { readTags } from "../src/pipeline/pdf/pdf-tags.ts";
import { layOutText } from "../src/pipeline/text-page.ts";
import { pageMarkdown } from "../src/render/markdown.ts";
import { makeFolder } from "./make-pool.ts";
import { type Piece, spanning, type Tagged, tag, taggedPdf } from "./tagged-pdf.ts";

/** The page as Markdown. */
async function read(pieces: readonly Piece[], root: Tagged): Promise<string> {
  const path = join(await makeFolder(), "page.pdf");
  await writeFile(path, taggedPdf(pieces, root));
  const file = await openPdf(path, undefined, 1);
  const blocks = withPdfPage(file, 0, (page) => {
    const drafts = layOutText(readCharacters(page), { tags: readTags(page) });
    return toBlocks(drafts, { number: 1, width: page.width, height: page.height, scaleX: 1, scaleY: 1 });
  });
  file.close();
  const none = { rotation: 0 as const, rotationConfidence: null, deskewDegrees: 0, confidence: 100, error: null };
  return pageMarkdown({ number: 1, width: 1, height: 1, unit: "px", dpi: 300, source: "text", blocks, ...none });
}

test("headings, paragraphs and nested lists are what the tags say, not what they look like", async () => {
  const pieces = [
    { text: "Small heading", y: 370 },
    { text: "Large words that are no heading", y: 330, size: 24 },
    { text: "First item", y: 290, x: 60 },
    { text: "Item inside it", y: 270, x: 80 },
    { text: "Second item", y: 250, x: 60 },
  ];
  const inner = tag("L", tag("LI", tag("LBody", 3)));
  const list = tag("L", tag("LI", tag("LBody", tag("P", 2), inner)), tag("LI", tag("LBody", tag("P", 4))));
  expect(await read(pieces, tag("Document", tag("H2", 0), tag("P", tag("Span", 1)), list))).toBe(
    ["## Small heading", "Large words that are no heading", "- First item\n  - Item inside it\n- Second item"].join(
      "\n\n",
    ),
  );
});

test("the order is that of the tags, and a paragraph goes on in the next column", async () => {
  const pieces = [
    { text: "end in the second.", x: 230, y: 330 },
    { text: "Another one follows there.", x: 230, y: 310 },
    { text: "Lines of the first column", y: 330 },
    { text: "come to an", y: 310 },
  ];
  expect(await read(pieces, tag("Document", tag("P", 2, 3, 0), tag("P", 1)))).toBe(
    "Lines of the first column come to an end in the second.\n\nAnother one follows there.",
  );
});

test("a table has the spans of its tags, and cells that are missing leave their columns empty", async () => {
  const pieces = [
    { text: "Region", y: 350 },
    { text: "Cost", x: 150, y: 350 },
    { text: "Old", x: 150, y: 330 },
    { text: "New", x: 250, y: 330 },
    { text: "North", y: 310 },
    { text: "12", x: 150, y: 310 },
    { text: "15", x: 250, y: 310 },
    { text: "17", x: 250, y: 290 },
  ];
  const cells = (...contents: number[]) => tag("TR", ...contents.map((content) => tag("TD", content)));
  const head = tag("TR", spanning(2, 1, 0), spanning(1, 2, 1));
  const root = tag("Document", tag("Table", head, cells(2, 3), cells(4, 5, 6), cells(7)));
  expect((await read(pieces, root)).split("\n").slice(1, -1)).toEqual([
    '<tr><td rowspan="2">Region</td><td colspan="2">Cost</td></tr>',
    "<tr><td>Old</td><td>New</td></tr>",
    "<tr><td>North</td><td>12</td><td>15</td></tr>",
    "<tr><td></td><td></td><td>17</td></tr>",
  ]);
});

test("a table of one column is no table", async () => {
  const pieces = [
    { text: "Above", y: 350 },
    { text: "Below", y: 300 },
  ];
  const root = tag("Document", tag("Table", tag("TR", tag("TD", 0)), tag("TR", tag("TD", 1))));
  expect(await read(pieces, root)).toBe("Above\n\nBelow");
});

test("pieces of a line with tags of their own make one line again, superscripts joined to their word", async () => {
  const pieces = [
    { text: "A link", y: 350 },
    { text: "inside a line", x: 76, y: 350 },
    { text: "1", x: 139.8, y: 355, size: 7 },
    { text: "goes on.", x: 147, y: 350 },
  ];
  const root = tag("Document", tag("Div", tag("Span", 0), tag("Link", tag("Span", 1)), tag("Span", 2), tag("Span", 3)));
  expect(await read(pieces, root)).toBe("A link inside a line1 goes on.");
});

test("text that no tag names keeps its place on the page", async () => {
  const pieces = [
    { text: "Page header", y: 390, untagged: true },
    { text: "Page footer", y: 20, untagged: true },
    { text: "A tagged paragraph of the page with most of its text", y: 300 },
  ];
  expect(await read(pieces, tag("Document", tag("P", 2)))).toBe(
    "Page header\n\nA tagged paragraph of the page with most of its text\n\nPage footer",
  );
});

test.each([
  ["that name hardly any of the text", [0]],
  ["that jump about on the page", [4, 0, 3, 1, 2]],
])("tags %s are not believed", async (_what, order) => {
  const pieces = ["One", "Two", "Three", "Four", "Five"].map((text, index) => ({
    text: `${text} is the line`,
    y: 350 - index * 40,
  }));
  expect(await read(pieces, tag("Document", ...order.map((content) => tag("H1", content))))).toBe(
    "One is the line\n\nTwo is the line\n\nThree is the line\n\nFour is the line\n\nFive is the line",
  );
});
