// Initials over several lines join the word that they begin.
import type { Box } from "@legible/shared/document";
import { expect, test } from "vitest";
import { withDropCaps } from "../src/pipeline/layout/drop-caps.ts";
import type { LayoutLine } from "../src/pipeline/layout/layout-line.ts";
import { structure } from "../src/pipeline/layout/structure.ts";
import { makeLine, shapeOf, size, textOf } from "./layout-lines.ts";
import { textPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";

const step = 52;
const texts = [
  "he keeper of the old light counts all",
  "the ships which pass the cape before",
  "the storms of the long winter. His",
];
const capWidth = 90;

/** `letter` from the head of the first to the feet of line `deep` of lines beside it; the lines after them begin under it. */
function withCap(letter: string, deep: number, words: readonly string[] = texts): LayoutLine[] {
  const bbox: Box = [100, 370, 100 + capWidth, 400 + (deep - 1) * step];
  const baseline: Box = [100, bbox[3], bbox[2], bbox[3]];
  const cap = { words: [{ text: letter, bbox, confidence: 90 }], bbox, baseline, size: bbox[3] - bbox[1], bold: false };
  const lines = words.map((text, index) => makeLine(text, index < deep ? 200 : 100, 400 + index * step));
  return [cap, ...lines];
}

test.each([2, 3])("an initial over %i lines makes one word and one paragraph with them", (deep) => {
  const lines = [...withCap("T", deep), makeLine("journal lists them all, to the last.", 100, 400 + 3 * step)];
  const blocks = structure(withDropCaps(lines), false);
  expect(shapeOf(blocks)).toEqual(["paragraph: The keeper of the old li"]);
  const word = blocks[0]?.lines[0]?.words[0];
  // As wide as both, as high as the line: the initial reaches over other words.
  expect(word).toMatchObject({ text: "The", bbox: [100, 370, 200 + 2 * (size / 2) - 4, 408] });
});

test("an initial that is written last, or read together with a line, is joined as well", () => {
  const [cap, ...lines] = withCap("T", 3);
  const [first, second] = lines;
  if (cap === undefined || first === undefined || second === undefined) throw new Error("No lines were made.");
  expect(withDropCaps([...lines, cap]).map((line) => textOf({ type: "paragraph", lines: [line] }))).toEqual([
    `T${texts[0]}`,
    ...texts.slice(1),
  ]);
  const together = { ...first, words: [...cap.words, ...first.words] };
  expect(withDropCaps([together, ...lines.slice(1)])[0]?.words[0]?.text).toBe("The");
});

test.each([
  ["A", "keeper", "A keeper"],
  ["A", "fter", "After"],
  ["A", "ll", "All"],
  ["I", "saw", "I saw"],
  ["I", "n", "In"],
  ["I", "mmense", "Immense"],
  ["“T", "he", "“The"],
])("%s before %s begins with %s", (letter, rest, expected) => {
  const lines = withDropCaps(withCap(letter, 2, [`${rest} of the old light`, "the ships which pass", "the cape"]));
  expect(textOf({ type: "paragraph", lines })).toMatch(new RegExp(`^${expected} of`, "u"));
});

test.each<[string, LayoutLine[]]>([
  ["a letter of the size of its line", [makeLine("T", 100, 400), makeLine(texts[0] ?? "", 200, 400)]],
  ["a large letter beside one line", withCap("T", 1)],
  ["a letter beside five lines", withCap("T", 5, [...texts, ...texts])],
  ["a word", withCap("To", 3)],
  [
    "a letter far from the lines",
    withCap("T", 3).map((line, at) => (at === 0 ? { ...line, ...moved(line, -200) } : line)),
  ],
  ["a letter that ends between two lines", withCap("T", 3).map((line, at) => (at === 0 ? deeper(line, 26) : line))],
  ["a letter beside figures", withCap("T", 2, ["1,204", "3,120", "17"])],
])("%s is no initial", (_, lines) => {
  expect(withDropCaps(lines)).toEqual(lines);
});

function moved(line: LayoutLine, by: number): Pick<LayoutLine, "words" | "bbox"> {
  const move = ([x0, y0, x1, y1]: Box): Box => [x0 + by, y0, x1 + by, y1];
  return { words: line.words.map((word) => ({ ...word, bbox: move(word.bbox) })), bbox: move(line.bbox) };
}

function deeper(line: LayoutLine, by: number): LayoutLine {
  const [x0, y0, x1, y1] = line.bbox;
  const bbox: Box = [x0, y0, x1, y1 + by];
  return { ...line, bbox, words: line.words.map((word) => ({ ...word, bbox })) };
}

test("a page of a PDF has the initial in its word", async () => {
  const lines = ["he keeper of the old light", "counts all the ships that pass", "before the winter comes."];
  const pdf = await textPdf([
    [
      { text: "T", x: 30, y: 136, size: 33 },
      ...lines.map((text, index) => ({ text, x: index < 2 ? 53 : 30, y: 150 - index * 14, size: 12 })),
    ],
  ]);
  const { text } = await readInProcess(pdf);
  expect(text).toBe(`T${lines.join("\n")}`);
});
