import { expect, test } from "vitest";
import { markdownPieces, pageMarkdown } from "../src/render/markdown.ts";
import { learnNotes, noteLabels } from "../src/render/note-labels.ts";
import { drawnPdf } from "./make-scan.ts";
import { readInProcess } from "./read-in-process.ts";
import { makeBlock, makePage } from "./render-trees.ts";

const font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
const at = (y: number, size: number, shown: string) => `BT /F1 ${size} Tf 20 ${y} Td ${shown} ET`;
/** A raised figure behind the text before it. */
const raised = (mark: string, size: number) => `/F1 ${size * 0.6} Tf ${size * 0.4} Ts (${mark}) Tj 0 Ts /F1 ${size} Tf`;

const body = [
  at(180, 10, `(The tenant pays the deposit) Tj ${raised("1", 10)} ( in advance.) Tj`),
  at(166, 10, `(Repairs are for the landlord) Tj ${raised("2", 10)} ( to make.) Tj`),
];
const notes = [
  at(40, 7, `${raised("1", 7)} (Three months of rent.) Tj`),
  at(30, 7, `${raised("2", 7)} (Except for small ones.) Tj`),
];
const read = async (...content: string[]) => (await readInProcess(drawnPdf([content.join("\n")], font))).answer.page;

function markdown(page: Awaited<ReturnType<typeof read>>): string {
  const labels = noteLabels();
  learnNotes(labels, page);
  return pageMarkdown(page, labels);
}

test("small print at the foot that begins with a raised mark of the text is a note, and the mark leads to it", async () => {
  const page = await read(...body, ...notes);
  expect(page.blocks.map(({ footnote }) => footnote).filter((mark) => mark !== undefined)).toEqual(["1", "2"]);
  const text = markdown(page);
  expect(text).toContain("The tenant pays the deposit[^1] in advance.");
  expect(text).toContain("landlord[^2] to make.");
  expect(text).toContain("[^1]: Three months of rent.\n\n[^2]: Except for small ones.");
});

test("a mark that no text has, print of the same size, and text below it make no note", async () => {
  const unled = await read(...body, at(40, 7, `${raised("3", 7)} (Three months of rent.) Tj`));
  const sameSize = await read(...body, at(40, 10, `${raised("1", 10)} (Three months of rent.) Tj`));
  const above = await read(...body, ...notes, at(10, 10, "(The last line of the text stands here) Tj"));
  for (const page of [unled, sameSize, above]) {
    expect(page.blocks.some(({ footnote }) => footnote !== undefined)).toBe(false);
    expect(markdown(page)).not.toContain("[^");
  }
});

test("marks that begin at 1 on every page are told apart", async () => {
  const noted = (number: number) => {
    const text = makeBlock(`p${number}b1`, 10, 10, [`Something said1`]);
    const word = text.lines[0]?.words.at(-1);
    if (word !== undefined) word.mark = { from: 4, to: 5 };
    const note = makeBlock(`p${number}b2`, 10, 90, [`1 Note of page ${number}`], { footnote: "1" });
    return makePage(number, [text, note]);
  };
  const pages = async function* () {
    yield noted(1);
    yield noted(2);
  };
  const pieces: string[] = [];
  for await (const piece of markdownPieces(pages())) pieces.push(piece);
  const whole = pieces.join("");
  const labels = [...whole.matchAll(/^\[\^([^\]]+)\]: Note of page (\d)/gmu)].map(([, label, page]) => [label, page]);
  expect(labels).toEqual([
    ["1", "1"],
    [expect.stringMatching(/^1-2-/u), "2"],
  ]);
  for (const [label] of labels) expect(whole).toContain(`said[^${label}]`);
});
