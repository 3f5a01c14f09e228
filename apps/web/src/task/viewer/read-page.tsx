// What was read on a page, as lines of text or in the shape that its Markdown has. Everything is text: a document is written by strangers.
import { tableRows } from "@legible/shared/table-rows";
import { isSpaced, joinLines } from "@legible/shared/tree-words";
import type { ReactNode } from "react";
import type { PageTree, TreeBlock } from "../../api/answers.ts";
import { blockLines, type ReadLine } from "./page-words.ts";
import styles from "./read-page.module.css";
import { ReadWords } from "./read-words.tsx";

/** Tables keep their rows and cells: word by word they could not be followed. */
export function PlainPage({ page }: { page: PageTree }) {
  return page.blocks.map((block) =>
    block.table === undefined ? (
      <p key={block.id} className={styles.block}>
        {blockLines(block).map((line) => (
          <span key={line.id} className={styles.line}>
            <ReadWords line={line} />
          </span>
        ))}
      </p>
    ) : (
      <RenderedTable key={block.id} block={block} table={block.table} />
    ),
  );
}

/** Running headers and footers are left out, as in the Markdown. */
export function RenderedPage({ page }: { page: PageTree }) {
  return page.blocks
    .filter(({ type }) => type !== "header" && type !== "footer")
    .map((block) => <RenderedBlock key={block.id} block={block} />);
}

function RenderedBlock({ block }: { block: TreeBlock }) {
  if (block.table !== undefined) return <RenderedTable block={block} table={block.table} />;
  const lines = blockLines(block);
  if (block.code === true) {
    return (
      <pre className={styles.code}>
        {lines.map((line) => (
          <span key={line.id} className={styles.line}>
            <ReadWords line={line} />
          </span>
        ))}
      </pre>
    );
  }
  const text = <Running lines={lines} />;
  if (block.type === "heading") {
    // The page's own headings come first in the outline: one level deeper than on paper.
    const Heading = `h${Math.min(6, (block.level ?? 1) + 1)}` as "h2" | "h3" | "h4" | "h5" | "h6";
    return (
      <Heading className={styles.heading} data-level={block.level ?? 1}>
        {text}
      </Heading>
    );
  }
  if (block.type === "list-item") {
    return (
      <p className={styles.item} style={{ marginInlineStart: `${(block.level ?? 1) * 1.1}rem` }}>
        {text}
      </p>
    );
  }
  return <p className={styles.block}>{text}</p>;
}

function RenderedTable({ block, table }: { block: TreeBlock; table: NonNullable<TreeBlock["table"]> }) {
  const words = new Map(block.lines.flatMap((line) => line.words).map((word) => [word.id, word]));
  return (
    <div className={styles.wide}>
      <table className={styles.table}>
        <tbody>
          {tableRows(table).map((places, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its number
            <tr key={row}>
              {places.map(({ column, cell }) => {
                if (cell === undefined) return <td key={column} />;
                const own = cell.wordIds.flatMap((id) => words.get(id) ?? []);
                const line = {
                  id: own[0]?.id ?? "",
                  words: own.map((word, index) => {
                    const next = own[index + 1];
                    return { word, spaced: next !== undefined && isSpaced(word.text, next.text) };
                  }),
                };
                return (
                  <td key={column} rowSpan={cell.rowSpan} colSpan={cell.columnSpan}>
                    <ReadWords line={line} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Lines run on as the Markdown's do: joined by a space where words are. */
function Running({ lines }: { lines: readonly ReadLine[] }): ReactNode {
  return lines.map((line, index) => {
    const [last, next] = [line.words.at(-1)?.word.text, lines[index + 1]?.words[0]?.word.text];
    const spaced = last !== undefined && next !== undefined && joinLines([last, next]).includes(" ");
    return (
      <span key={line.id}>
        <ReadWords line={line} />
        {spaced ? " " : null}
      </span>
    );
  });
}
