// A table block as Markdown: a pipe table, or HTML where a cell spans several rows or columns.
import type { Block } from "@legible/shared/document";
import { tableRows } from "@legible/shared/table-rows";
import { cellsInOrder, joinWords } from "@legible/shared/tree-words";
import { escapeCell, escapeHtml } from "./markdown-escape.ts";

type Table = NonNullable<Block["table"]>;

/** The table of `block` as Markdown; its first row is the head, as pipe tables demand one. */
export function markdownTable(block: Block, table: Table): string {
  const texts = cellTexts(block, table);
  const spans = table.cells.some((cell) => cell.rowSpan > 1 || cell.columnSpan > 1);
  return spans ? htmlTable(table, texts) : pipeTable(table, texts);
}

type Cell = Table["cells"][number];
type CellTexts = Map<Cell, string>;

/** Each cell's text from its words, a word named twice counting once; the cell's own text only where it names no words. */
function cellTexts(block: Block, table: Table): CellTexts {
  const words = new Map(block.lines.flatMap((line) => line.words.map((word) => [word.id, word.text] as const)));
  const texts: CellTexts = new Map();
  for (const cell of cellsInOrder(table)) {
    const own: string[] = [];
    for (const id of cell.wordIds) {
      const text = words.get(id);
      if (text !== undefined) own.push(text);
      words.delete(id);
    }
    texts.set(cell, cell.wordIds.length === 0 ? cell.text : joinWords(own));
  }
  return texts;
}

function pipeTable(table: Table, texts: CellTexts): string {
  const rows = Array.from({ length: table.rows }, () => Array.from({ length: table.columns }, () => ""));
  for (const [cell, text] of texts) {
    const row = rows[cell.row];
    if (row === undefined || cell.column >= table.columns || text === "") continue;
    row[cell.column] = row[cell.column] ? `${row[cell.column]} ${escapeCell(text)}` : escapeCell(text);
  }
  const lines = rows.map((row) => `| ${row.join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(table.columns)}`);
  return lines.join("\n");
}

/** No blank line inside: CommonMark would end the HTML there. */
function htmlTable(table: Table, texts: CellTexts): string {
  const rows = tableRows(table).map((places) => {
    const cells = places.map(({ cell }) => (cell === undefined ? "<td></td>" : htmlCell(cell, texts.get(cell) ?? "")));
    return `<tr>${cells.join("")}</tr>`;
  });
  return ["<table>", ...rows, "</table>"].join("\n");
}

function htmlCell(cell: Cell, text: string): string {
  const rows = cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : "";
  const columns = cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : "";
  return `<td${rows}${columns}>${escapeHtml(text)}</td>`;
}
