import { describe, expect, test } from "vitest";
import { structure } from "../src/pipeline/layout/structure.ts";
import { gridOf, makeLine, makeLines, prose, shapeOf } from "./layout-lines.ts";

const body = (y: number) => makeLines(prose, 100, y);

describe("headings", () => {
  test("larger type, bolder type and a chapter's number make headings; the first and largest is the title", () => {
    const lines = [
      makeLine("Survey of the archive", 100, 100, { size: 70 }),
      ...body(200),
      makeLine("Methods", 100, 480, { size: 50 }),
      ...body(560),
      makeLine("Bold words alone", 100, 840, { bold: true }),
      ...body(920),
      makeLine("2.1 Detail of the store", 100, 1200),
      ...body(1280),
    ];
    expect(shapeOf(structure(lines, false)).filter((shape) => shape.startsWith("heading"))).toEqual([
      "heading1: Survey of the archive",
      "heading3: Methods",
      "heading3: Bold words alone",
      "heading3: 2.1 Detail of the store",
    ]);
  });

  test("plain lines of the body's size are none, nor are bold sentences, labels, captions and bold pages", () => {
    const lines = [
      makeLine("A short line", 100, 100),
      ...body(200),
      makeLine("Do not stack more than five crates.", 100, 480, { bold: true }),
      ...body(560),
      makeLine("Contact:", 100, 840, { bold: true }),
      ...body(920),
      makeLine("Table 2. Condition of assets", 100, 1200, { bold: true }),
    ];
    expect(shapeOf(structure(lines, false)).filter((shape) => shape.startsWith("heading"))).toEqual([]);
    expect(shapeOf(structure(lines, false)).at(-1)).toBe("caption: Table 2. Condition of as");
    const bold = body(100).map((line) => ({ ...line, bold: true }));
    expect(shapeOf(structure(bold, false))).toEqual(["paragraph: Every page of the ledger"]);
  });

  test("on a picture, type must be clearly larger, and the engine must believe what it read", () => {
    const nearly = [makeLine("Slightly larger", 100, 100, { size: 46 }), ...body(200)];
    expect(shapeOf(structure(nearly, true))[0]).toBe("paragraph: Slightly larger");
    expect(shapeOf(structure(nearly, false))[0]).toBe("heading3: Slightly larger");
    const doubtful = [makeLine("ww EE oes", 100, 100, { size: 90, confidence: 20 }), ...body(220)];
    expect(shapeOf(structure(doubtful, true))[0]).toBe("paragraph: ww EE oes");
  });
});

describe("paragraphs", () => {
  test("a typed rule stands by itself", () => {
    const rule = makeLine("-".repeat(34), 100, 100 + 4 * 52);
    const lines = [...body(100), rule, ...makeLines(prose, 100, 100 + 5 * 52)];
    expect(shapeOf(structure(lines, false))).toEqual([
      "paragraph: Every page of the ledger",
      "paragraph: ------------------------",
      "paragraph: Every page of the ledger",
    ]);
  });

  test("a gap, an indent and a line that ends early begin a new one", () => {
    const last = makeLine("so it ended here.", 100, 100 + 4 * 52);
    const lines = [...body(100), last, ...makeLines(prose, 100, 100 + 5 * 52)];
    expect(structure(lines, false)).toHaveLength(2);
    const apart = [...body(100), ...body(100 + 4 * 52 + 40)];
    expect(structure(apart, false)).toHaveLength(2);
    const indented = [...body(100), makeLine(`  ${prose[0]?.slice(0, 57)}`, 100, 308), ...makeLines(prose, 100, 360)];
    expect(structure(indented, false)).toHaveLength(2);
    expect(structure([...body(100), ...body(100 + 4 * 52)], false)).toHaveLength(1);
  });
});

describe("lists", () => {
  test("bullets and numbers with their neighbours are items; wrapped lines belong to them, indents nest", () => {
    const lines = [
      ...body(100),
      makeLine("1. First thing", 100, 380),
      makeLine("• deeper thing", 160, 432),
      makeLine("2. Second thing that is longer than others and is wrapped", 100, 484),
      makeLine("   on a second line", 100, 536),
      ...body(640),
    ];
    expect(shapeOf(structure(lines, false))).toEqual([
      "paragraph: Every page of the ledger",
      "list-item1: 1. First thing",
      "list-item2: • deeper thing",
      "list-item1: 2. Second thing that is ",
      "paragraph: Every page of the ledger",
    ]);
  });

  test("one number alone, and a letter that may be a bullet, are no list; two such marks are", () => {
    const one = [makeLine("3. was the day of the edition", 100, 100), makeLine("o later", 100, 200)];
    expect(structure(one, true).map((block) => block.type)).not.toContain("list-item");
    const two = [makeLine("« crates are stacked", 100, 100), makeLine("¢ boxes are not", 100, 160)];
    expect(structure(two, true).map((block) => block.type)).toEqual(["list-item", "list-item"]);
  });

  test("bullets with specks around them and full stops that lost their number are marks; leaders of dots are none", () => {
    const types = (...texts: string[]) =>
      structure(
        texts.map((text, index) => makeLine(text, 100, 100 + index * 60)),
        true,
      ).map((block) => block.type);
    expect(types("‘« crates are stacked", ".« boxes are not", "»  sacks are")).toEqual(Array(3).fill("list-item"));
    expect(types(". crates are stacked", ". boxes are not")).toEqual(["list-item", "list-item"]);
    expect(types(". . . . 12", ". . . . 14")).not.toContain("list-item");
    expect(types(". crates are stacked")).toEqual(["paragraph"]);
  });

  test("a bullet that is drawn counts like one that is written", () => {
    const lines = [makeLine("crates are stacked", 160, 100, { dot: 120 }), makeLine("boxes", 160, 152, { dot: 120 })];
    expect(shapeOf(structure(lines, false))).toEqual(["list-item1: crates are stacked", "list-item1: boxes"]);
  });
});

describe("tables", () => {
  const rows = [
    "Item        Year     Value",
    "Lighting    1966     4,967",
    "Roof        1954     1,222",
    "Shelving    1977     7,838",
  ];

  test("aligned pieces of several rows become cells; the lines around stay prose", () => {
    const lines = [...body(100), ...makeLines(rows, 100, 420, {}, 70), ...body(800)];
    const blocks = structure(lines, false);
    expect(blocks.map((block) => block.type)).toEqual(["paragraph", "table", "paragraph"]);
    expect(blocks[1] && gridOf(blocks[1])).toEqual(rows.map((row) => row.split(/\s+/u)));
  });

  test("every word is in exactly one block, whatever is found", () => {
    const lines = [...body(100), ...makeLines(rows, 100, 420, {}, 70), ...body(800)];
    const before = lines.flatMap((line) => line.words);
    const after = structure(lines, false).flatMap((block) => block.lines.flatMap((line) => line.words));
    expect(new Set(after)).toEqual(new Set(before));
    expect(after).toHaveLength(before.length);
  });

  test("a centred head over cells set to one side makes no column of its own", () => {
    const centred = ["  Grade        Change", "Apprentice      +3", "Fitter          +6", "Foreman         +7"];
    const [table] = structure(makeLines(centred, 100, 100, {}, 70), false);
    expect(table?.table).toMatchObject({ rows: 4, columns: 2 });
  });

  test("columns of running text, labels with a colon and two rows of two are no tables", () => {
    const columns = prose.map((line) => `${line.slice(0, 40)}     ${line.slice(10, 50)}`);
    const labels = ["From:        Desmond Abernathy", "Date:        26 May 2022", "Subject:     Use of the bay"];
    for (const texts of [[...columns, ...columns], labels, rows.slice(0, 2).map((row) => row.slice(0, 17))]) {
      const blocks = structure(makeLines(texts, 100, 100), true);
      expect(blocks.map((block) => block.type)).not.toContain("table");
    }
  });
});
