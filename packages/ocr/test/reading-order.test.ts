import { expect, test } from "vitest";
import { readingRegions } from "../src/pipeline/layout/reading-order.ts";
import { structureRegions } from "../src/pipeline/layout/structure.ts";
import { makeLine, makeLines, prose, shapeOf } from "./layout-lines.ts";

const textOf = (lines: ReturnType<typeof makeLines>) =>
  lines.map((line) => line.words.map((word) => word.text).join(" "));
const narrow = [...prose, ...prose].map((line) => line.slice(0, 44).trim());
const other = [...prose, ...prose].map((line) => line.slice(10, 54).trim());

test("a table beside running text is found in its own column", () => {
  const rows = Array.from({ length: 9 }, (_, index) => `Roof ${index}       19${index}4      1,22${index}`);
  // Lines of the table stand closer than those of the text.
  const regions = readingRegions([...makeLines(narrow, 100, 100), ...makeLines(rows, 1300, 110, {}, 44)]);
  expect(regions.map((region) => region.length)).toEqual([narrow.length, rows.length]);
  expect(structureRegions(regions, true).map((block) => block.type)).toEqual(["paragraph", "table"]);
});

test("parts of a row that the engine read apart are one line", () => {
  const labels = makeLines(["Name", "Street", "Town"], 100, 100);
  const values = makeLines(["Keiko Moreau", "4 Ferry Lane", "Northmere"], 700, 100);
  expect(textOf(readingRegions([...labels, ...values]).flat())).toEqual([
    "Name Keiko Moreau",
    "Street 4 Ferry Lane",
    "Town Northmere",
  ]);
});

test("no gutter goes over a rule: what stands above it is read before both columns", () => {
  const issue = makeLine("No. 992", 1300, 60);
  const lines = [...makeLines(narrow, 100, 110), issue, ...makeLines(other, 1100, 110)];
  const rules = { across: [{ at: 75, from: 90, to: 2000 }], down: [] };
  expect(textOf(readingRegions(lines, rules).flat())).toEqual(["No. 992", ...narrow, ...other]);
});

test("a column that begins beside the end of another one is read after it", () => {
  const right = makeLines(other, 1100, 100 + 52 * (narrow.length - 1));
  expect(textOf(readingRegions([...makeLines(narrow, 100, 100), ...right]).flat())).toEqual([...narrow, ...other]);
});

test("a caption above the last two of three columns is read after the first, a title above all before it", () => {
  const column = (name: string) => narrow.map((line) => `${name} ${line.slice(0, 22)}`.trim());
  const [first, second, last] = [column("one"), column("two"), column("three")];
  const caption = [
    "Above, from left: the keeper, his boat and the house",
    "in which both of them spent the winter of that year",
  ];
  const columns = [
    ...makeLines(first.slice(0, 5), 100, 100 + 52 * 7),
    ...makeLines(second, 800, 100 + 52 * 4),
    ...makeLines(last, 1500, 100 + 52 * 4),
  ];
  const read = (above: ReturnType<typeof makeLines>) => textOf(readingRegions([...above, ...columns]).flat());
  const rest = [...second, ...last];
  expect(read(makeLines(caption, 800, 100))).toEqual([...first.slice(0, 5), ...caption, ...rest]);
  const title = makeLine("A title that goes over all of the columns of this page here", 100, 100);
  expect(read([title])).toEqual([...textOf([title]), ...first.slice(0, 5), ...rest]);
});

test("a credit that runs up the edge is read last and is no heading", () => {
  const credit = {
    ...makeLine("PHOTO: PAUL BARTON", 1300, 100),
    bbox: [1300, 100, 1320, 500] as [number, number, number, number],
    size: 400,
  };
  const regions = readingRegions([credit, ...makeLines(prose, 100, 100)]);
  expect(shapeOf(structureRegions(regions, true))).toEqual([
    "paragraph: Every page of the ledger",
    "paragraph: PHOTO: PAUL BARTON",
  ]);
});

test("the bold beginning of a paragraph is no heading, a bold line of its own is", () => {
  const lead = makeLine("Incentive fees that we also receive", 100, 100, { bold: true });
  const bold = makeLine("Incentive fees that we also receive", 100, 600, { bold: true });
  const text = ["from funds of which we hold a share and", ...prose];
  const headings = (lines: ReturnType<typeof makeLines>) =>
    structureRegions([lines], true).filter((block) => block.type === "heading").length;
  expect(headings([lead, ...makeLines(text, 100, 152)])).toBe(0);
  expect(headings([bold, ...makeLines(prose, 100, 680)])).toBe(1);
});
