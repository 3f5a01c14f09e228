// Paragraphs that a column's or a page's end cuts in two, put together in running text.
import type { Block, Page } from "@legible/shared/document";
import { describe, expect, test } from "vitest";
import { pageText } from "../src/render/json.ts";
import { markdownPieces, pageMarkdown } from "../src/render/markdown.ts";
import { makeBlock, makePage } from "./render-trees.ts";

const left = (lines: string[], over: Partial<Block> = {}) => makeBlock("p1b1", 10, 300, lines, over);
const right = (lines: string[], over: Partial<Block> = {}) => makeBlock("p1b2", 620, 10, lines, over);
const cut = ["The keeper of the old light", "counts all of the ships that"];
const rest = ["pass the cape before winter.", "His journal lists them."];
const whole = `${cut.join(" ")} ${rest.join(" ")}`;
const isJoined = (...blocks: Block[]) => !pageText(makePage(1, blocks)).includes("\n\n");

async function markdown(...pages: Page[]): Promise<string> {
  let text = "";
  for await (const piece of markdownPieces(
    (async function* () {
      yield* pages;
    })(),
  ))
    text += piece;
  return text;
}

describe("over the end of a column", () => {
  test("a paragraph that goes on in lower case at the top of the next column is one", async () => {
    const page = makePage(1, [left(cut), right(rest)]);
    expect(await markdown(page)).toBe(`${whole}\n`);
    expect(pageText(page)).toBe([...cut, ...rest].join("\n"));
    expect(page.blocks).toHaveLength(2);
  });

  test("a word that is divided there is one word", async () => {
    const page = makePage(1, [left([cut[0] ?? "", "counts all of the fish-"]), right(["ing boats."])]);
    expect(await markdown(page)).toBe("The keeper of the old light counts all of the fishing boats.\n");
  });

  test("the words of a caption between the two come after the paragraph", async () => {
    const note = makeBlock("p1b3", 10, 500, ["Figure 1. A ship."], { type: "caption" });
    const footer = makeBlock("p1b4", 10, 560, ["Page 9"], { type: "footer" });
    const page = makePage(1, [left(cut), note, footer, right(rest)]);
    expect(await markdown(page)).toBe(`${whole}\n\nFigure 1. A ship.\n`);
  });

  test("a paragraph around a picture is one, and what follows it directly below is another", () => {
    const figure = makeBlock("p1b3", 10, 420, [], { type: "figure", bbox: [10, 420, 300, 440] });
    const below = makeBlock("p1b4", 10, 450, rest);
    expect(isJoined(left(cut), figure, below)).toBe(true);
    expect(isJoined(left(cut), below)).toBe(false);
  });

  test("three columns make one paragraph", async () => {
    const third = makeBlock("p1b5", 1300, 10, ["more text and its end.", "And so on."]);
    const middle = right([rest[0]?.replace(".", "") ?? "", "and the storms that bring"]);
    expect(isJoined(left(cut), middle, third)).toBe(true);
  });

  test.each<[string, Block, Block]>([
    ["a sentence that ended", left([cut[0] ?? "", "counts all of the ships."]), right(rest)],
    ["a sentence that ended with a quotation", left([cut[0] ?? "", "counts all the ships.”"]), right(rest)],
    ["a sentence that ended with the mark of a note", left([cut[0] ?? "", "counts all the ships.12"]), right(rest)],
    ["a capital", left(cut), right(["Pass the cape."])],
    ["an item", left(cut), right(["a) pass the cape", "before winter"])],
    ["labels of a form", left(["name", "phone"]), right(["date", "signature"])],
    ["a short last line", left(["The keeper of the old light on the cape", "of a no"]), right(rest)],
    ["single lines beside each other", left(["nothing that was due"]), right(["and nothing more"])],
    ["a heading", left(cut, { type: "heading", level: 2 }), right(rest)],
    ["a listing", left(cut, { code: true }), right(rest)],
    ["what was read from a picture", left(cut), right(rest, { source: "ocr" })],
  ])("%s ends it or begins anew", (_, first, second) => {
    expect(isJoined(first, second)).toBe(false);
  });

  test("type of another size is another text", () => {
    const large = right(rest);
    for (const line of large.lines) line.bbox[3] += 20;
    expect(isJoined(left(cut), large)).toBe(false);
  });
});

describe("over the end of a column in Chinese", () => {
  const full = ["本公司自民國九十年起即已", "於台北設立研究中心並且聘"];
  const next = ["用多名研究人員從事紙張保", "存。"];
  test("full lines without a full stop go on", async () => {
    expect(await markdown(makePage(1, [left(full), right(next)]))).toBe(`${full.join("")}${next.join("")}\n`);
  });

  test.each([
    ["a short last line", ["本公司自民國九十年起即已", "設立中心"], next],
    ["a full stop", ["本公司自民國九十年起即已", "於台北設立研究中心聘用。"], next],
    ["a counted clause", full, ["二、用多名研究人員從事紙", "存。"]],
  ])("%s ends it or begins anew", (_, first, second) => {
    expect(isJoined(left(first), right(second))).toBe(false);
  });

  test("an indent begins anew", () => {
    const indented = right(next);
    for (const word of indented.lines[0]?.words ?? []) word.bbox[0] += 32;
    const [line] = indented.lines;
    if (line !== undefined) line.bbox[0] += 32;
    expect(isJoined(left(full), indented)).toBe(false);
  });
});

describe("over the end of a page", () => {
  const footer = makeBlock("p1b8", 10, 560, ["1"], { type: "footer" });
  const header = makeBlock("p2b1", 10, 10, ["The log"], { type: "header" });
  test("Markdown has one paragraph, and what stands between its parts after it", async () => {
    const first = makePage(1, [
      left(cut),
      makeBlock("p1b7", 10, 450, ["Figure 1. A ship."], { type: "caption" }),
      footer,
    ]);
    const second = makePage(2, [header, makeBlock("p2b2", 10, 60, rest), makeBlock("p2b3", 10, 300, ["The end."])]);
    expect(await markdown(first, second)).toBe(`${whole}\n\nFigure 1. A ship.\n\nThe end.\n`);
    expect(pageMarkdown(first)).toContain("counts all of the ships that\n\nFigure 1.");
  });

  test("the text of each page stays on its page", () => {
    expect(pageText(makePage(1, [left(cut), footer]))).toBe(`${cut.join("\n")}\n\n1`);
  });

  test("a blank or a failed page between ends it", async () => {
    const error = { code: "PAGE_TIMEOUT", message: "Reading the page took too long." } as const;
    const third = makePage(3, [makeBlock("p3b1", 10, 60, rest)]);
    for (const second of [makePage(2, [], { source: "blank" }), makePage(2, [], { source: "failed", error })])
      expect(await markdown(makePage(1, [left(cut)]), second, third)).toContain(`ships that\n\n`);
  });
});
