// Figures in the results: a place in the reading order that no reader of Markdown sees.
import type { Block } from "@legible/shared/document";
import { fromMarkdown } from "mdast-util-from-markdown";
import { expect, test } from "vitest";
import { pageText } from "../src/render/json.ts";
import { pageMarkdown } from "../src/render/markdown.ts";
import { makeBlock, makePage } from "./render-trees.ts";

const figure: Block = { ...makeBlock("p1b2", 10, 200, []), type: "figure", bbox: [10, 200, 400, 380] };
const before = makeBlock("p1b1", 10, 10, ["Text before."]);
const caption = makeBlock("p1b3", 10, 400, ["Figure 1. A ship."], { type: "caption" });

test("a figure is a comment that names its block, with its caption as text", () => {
  const page = makePage(1, [before, figure, caption]);
  const markdown = pageMarkdown(page);
  expect(markdown).toBe("Text before.\n\n<!-- figure p1b2 -->\n\nFigure 1. A ship.");
  expect(fromMarkdown(markdown).children.map(({ type }) => type)).toEqual(["paragraph", "html", "paragraph"]);
  expect(pageText(page)).toBe("Text before.\n\nFigure 1. A ship.");
});

test("words in a figure are its text", () => {
  const words = makeBlock("p1b2", 10, 200, ["1 *200* tons"], { type: "figure" });
  expect(pageMarkdown(makePage(1, [words]))).toBe("1 \\*200* tons");
});

test("a figure between items does not change their numbers", () => {
  const item = (id: string, text: string) => makeBlock(id, 10, 10, [text], { type: "list-item", level: 1 });
  const markdown = pageMarkdown(makePage(1, [item("p1b1", "1. one"), figure, item("p1b3", "2. two")]));
  expect(markdown).toBe("1. one\n\n<!-- figure p1b2 -->\n\n2. two");
});
