import type { Block } from "@legible/shared/document";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { pageMarkdown } from "../src/render/markdown.ts";
import { learnNotes, noteLabels } from "../src/render/note-labels.ts";
import { makeBlock, makePage } from "./render-trees.ts";

type Node = { type: string; value?: string; url?: string; children?: Node[] };

function parse(markdown: string): Node {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
}

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}

/** Node types below the root, links (which GFM makes of bare addresses) and text left out. */
function shapeOf(node: Node): string[] {
  return (node.children ?? []).flatMap((child) => [
    ...(["text", "link"].includes(child.type) ? [] : [child.type]),
    ...shapeOf(child),
  ]);
}

const entities = new Map(Object.entries({ "&lt;": "<", "&gt;": ">", "&amp;": "&" }));
/** What HTML shows; an entity that nobody wrote would stay as it is, and differ. */
const characterData = (html: string) => html.replace(/&\w+;/gu, (entity) => entities.get(entity) ?? "?");

const render = (...blocks: Block[]) => pageMarkdown(makePage(1, blocks));
const paragraph = (text: string, over: Partial<Block> = {}) => makeBlock("p1b1", 10, 10, [text], over);

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "<b>",
          "</div>",
          "<!--",
          "*",
          "**a**",
          "_a_",
          "__",
          "snake_case",
          "`",
          "```",
          "~~~",
          "~~x~~",
          "[a](b)",
          "[a]:",
          "[^1]:",
        ],
        ...[
          "![x]",
          "#",
          "##",
          "+",
          "-",
          "---",
          "***",
          "===",
          "1.",
          "12)",
          ">",
          "|",
          "a|b",
          "\\",
          "\\|",
          "\\*",
          "&amp;",
          "&#35;",
          "&",
        ],
        ...[
          "$x$",
          "$5",
          "$$",
          "http://a.b/c_d*e*",
          "https://x.y",
          "www.a.b",
          "www._a_.b",
          "a_b@c.de",
          "<http://x>",
          "<|@a>",
          "<1@b.c>",
          "<a.b@c>",
          "[x]",
          "[ ]",
          "!",
        ],
        ...["{x}", "~", "|---|", ":--", "\\(x\\)", "http://a~b~", "www.a.b|c", "ftp://*a*", "mailto:*a*@b.c"],
      ),
      fc.string({ unit: fc.constantFrom(..."*_`[]()#+-.!|<>&\\~$:;=@/w1aéß"), minLength: 1, maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((words) => words.join(" "));

describe("result.md", () => {
  test("any text of a paragraph is read back by a CommonMark and GFM parser as one paragraph of that text", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const tree = parse(render(paragraph(text)));
        expect(shapeOf(tree)).toEqual(["paragraph"]);
        expect(textOf(tree)).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  test("any text with links is read back as that text, and leads nowhere but where its words do", () => {
    const href = "https://a.example/x%28y%29?b=1&copy=*_[2]~";
    const hrefs = (node: Node): string[] => [node.url ?? "", ...(node.children ?? []).flatMap(hrefs)];
    const isWritten = (url: string, text: string) => text.includes(url.replace(/^(?:https?:\/\/|mailto:)/u, ""));
    fc.assert(
      fc.property(nasty, fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), (text, linked) => {
        const block = paragraph(text);
        for (const word of block.lines.flatMap((line) => line.words)) if (linked.shift() === true) word.href = href;
        const tree = parse(render(block));
        expect(shapeOf(tree)).toEqual(["paragraph"]);
        expect(textOf(tree)).toBe(text);
        // Addresses that stand in the text itself become links in any case.
        expect(hrefs(tree).filter((url) => url !== "" && url !== href && !isWritten(url, text))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test("neighbouring words with one address are one link, in paragraphs, items and headings", () => {
    const linked = (text: string, over: Partial<Block> = {}) => {
      const block = paragraph(text, over);
      const words = block.lines.flatMap((line) => line.words);
      for (const word of words.slice(-2)) word.href = "mailto:a@b.example";
      return render(block);
    };
    expect(linked("Write to our office.")).toBe("Write to [our office](mailto:a@b.example).");
    expect(linked("• Our office", { type: "list-item", level: 1 })).toBe("- [Our office](mailto:a@b.example)");
    expect(linked("Our office", { type: "heading", level: 2 })).toBe("## [Our office](mailto:a@b.example)");
    // A reader makes a link of the address itself.
    expect(linked("Write to a@b.example now")).toBe("Write to a@b.example now");
  });

  test("any text with a note is read back as that text around the mark, and the note as its text", () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (before, after, inNote) => {
        const block = paragraph(`${before} word1 ${after}`);
        const word = block.lines[0]?.words[before.split(" ").length];
        if (word?.text !== "word1") throw new Error("The word with the mark is not where it should be.");
        word.mark = { from: 4, to: 5 };
        const note = makeBlock("p1b2", 10, 90, [`1 ${inNote}`], { footnote: "1" });
        const page = makePage(1, [block, note]);
        const labels = noteLabels();
        learnNotes(labels, page);
        const tree = parse(pageMarkdown(page, labels));
        expect(shapeOf(tree)).toEqual(["paragraph", "footnoteReference", "footnoteDefinition", "paragraph"]);
        expect((tree.children ?? []).map(textOf)).toEqual([`${before} word ${after}`, inNote]);
      }),
      { numRuns: 2000 },
    );
  });

  test("any text of a heading stays one heading", () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 6 }), (text, level) => {
        const tree = parse(render(paragraph(text, { type: "heading", level })));
        expect(shapeOf(tree)).toEqual(["heading"]);
        expect(textOf(tree)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text of a list item stays one paragraph in one item", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const tree = parse(render(paragraph(`• ${text}`, { type: "list-item", level: 1 })));
        expect(shapeOf(tree)).toEqual(["list", "listItem", "paragraph"]);
        expect(textOf(tree)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text of a caption is read back as one paragraph of that text", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const tree = parse(render(paragraph(text, { type: "caption" })));
        expect(shapeOf(tree)).toEqual(["paragraph"]);
        expect(textOf(tree)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text of a numbered item stays one paragraph in one item", () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom("1.", "7)", "123456789."), (text, number) => {
        const tree = parse(render(paragraph(`${number} ${text}`, { type: "list-item", level: 1 })));
        expect(shapeOf(tree)).toEqual(["list", "listItem", "paragraph"]);
        expect(textOf(tree)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text of a cell of an HTML table is that cell's text, and nothing in it ends the table", () => {
    fc.assert(
      fc.property(nasty, nasty, (left, right) => {
        const block = makeBlock("p1b1", 10, 10, ["x"]);
        const cell = (row: number, columnSpan: number, text: string) => ({
          ...{ row, column: 0, rowSpan: 1, columnSpan, text, wordIds: [] },
          bbox: block.bbox,
        });
        const table = { rows: 2, columns: 2, cells: [cell(0, 2, left), cell(1, 1, right)] };
        const tree = parse(render({ ...block, type: "table", lines: [], table }));
        expect(shapeOf(tree)).toEqual(["html"]);
        const cells = [...textOf(tree).matchAll(/<td[^>]*>(.*?)<\/td>/gu)].map(([, inside = ""]) => inside);
        expect(cells.join("")).not.toMatch(/[<>]/u);
        expect(cells.map(characterData)).toEqual([left, right, ""]);
      }),
      { numRuns: 1000 },
    );
  });

  test("any text of a table cell stays in its cell", () => {
    fc.assert(
      fc.property(nasty, nasty, (left, right) => {
        const block = makeBlock("p1b1", 10, 10, ["x"]);
        const cell = (column: number, text: string) => ({
          ...{ row: 0, column, rowSpan: 1, columnSpan: 1, text, wordIds: [] },
          bbox: block.bbox,
        });
        const table = { rows: 1, columns: 2, cells: [cell(0, left), cell(1, right)] };
        const tree = parse(render({ ...block, type: "table", lines: [], table }));
        expect(shapeOf(tree)).toEqual(["table", "tableRow", "tableCell", "tableCell"]);
        expect(tree.children?.[0]?.children?.[0]?.children?.map(textOf)).toEqual([left, right]);
      }),
      { numRuns: 1000 },
    );
  });

  test("ordinary prose is not escaped at all", () => {
    const prose =
      "Prices (2024): $5 and 3 * 4 = 12; see snake_case, A&B, [1], x < y, 50% - well! #1 e.g. https://example.org/a.";
    expect(render(paragraph(prose))).toBe(prose);
    expect(render(paragraph("Surname* and date of birth *"))).toBe("Surname* and date of birth *");
  });

  test("lines are joined with spaces, Chinese and Japanese ones without", () => {
    expect(render(makeBlock("p1b1", 10, 10, ["one two", "three"]))).toBe("one two three");
    expect(render(makeBlock("p1b1", 10, 10, ["漢字 かな", "文。 ABC"]))).toBe("漢字かな文。 ABC");
  });

  test("list items follow each other without blank lines and nest under the width of the marker above", () => {
    const item = (text: string, level: number) => paragraph(text, { type: "list-item", level });
    const markdown = render(item("1. one", 1), item("• deep", 2), item("2. two", 1), paragraph("end"));
    expect(markdown).toBe("1. one\n   - deep\n2. two\n\nend");
  });

  test("hyphens in an item make no rule of it", () => {
    for (const text of ["--", "- -", "---", "-- -"]) {
      const tree = parse(render(paragraph(`• ${text}`, { type: "list-item", level: 1 })));
      expect(shapeOf(tree)).toEqual(["list", "listItem", "paragraph"]);
      expect(textOf(tree)).toBe(text);
    }
  });

  test("what an engine made of the bullet of an item goes, its text stays", () => {
    const item = (text: string) => render(paragraph(text, { type: "list-item", level: 1 }));
    expect(["« Crates", ".« Crates", "». Crates", ". Crates"].map(item)).toEqual(Array(4).fill("- Crates"));
    expect(item(".5 crates")).toBe("- .5 crates");
  });

  test("headers and footers are left out, a failed page says why", () => {
    expect(render(paragraph("top", { type: "header" }), paragraph("body"), paragraph("9", { type: "footer" }))).toBe(
      "body",
    );
    const error = { code: "PAGE_TIMEOUT", message: "Reading the page took too long." } as const;
    expect(pageMarkdown(makePage(3, [], { source: "failed", error }))).toBe(
      "*Page 3 could not be read: Reading the page took too long.*",
    );
  });

  test("a table with spans becomes HTML, words outside its cells follow it", () => {
    const block = makeBlock("p1b1", 10, 10, ["Total <b>", "1 2 loose"]);
    const cell = (row: number, column: number, columnSpan: number, wordIds: string[]) => ({
      ...{ row, column, rowSpan: 1, columnSpan, wordIds, text: "" },
      bbox: block.bbox,
    });
    const cells = [cell(0, 0, 2, ["p1b1w1", "p1b1w2"]), cell(1, 0, 1, ["p1b1w3"]), cell(1, 1, 1, ["p1b1w4"])];
    expect(render({ ...block, type: "table", table: { rows: 2, columns: 2, cells } })).toBe(
      '<table>\n<tr><td colspan="2">Total &lt;b&gt;</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n\nloose',
    );
  });
});
