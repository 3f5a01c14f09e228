// One page: its picture, and its words as text over it that can be selected and copied in reading order.
import { memo, useState } from "react";
import type { LedgerRow, PageTree } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./page-image.module.css";
import type { Turn } from "./page-layout.ts";
import { doubtOf, pageLines } from "./page-words.ts";
import { usePictureTurn } from "./picture-line.ts";
import { previewUrl } from "./preview-url.ts";
import { hasTree, usePageTree } from "./use-page-tree.ts";
import { widthRatio } from "./width-ratio.ts";

export const PageImage = memo(function PageImage({
  taskId,
  row,
  width,
  height,
  turn,
}: {
  taskId: string;
  row: LedgerRow;
  /** Size on the screen, turned, px. */
  width: number;
  height: number;
  turn: Turn;
}) {
  const messages = useMessages();
  const tree = usePageTree(taskId, row);
  const sideways = turn % 180 !== 0;
  const size = sideways ? { width: height, height: width } : { width, height };
  return (
    <div className={styles.paper} style={{ width, height }}>
      <div className={styles.upright} style={{ ...size, transform: `translate(-50%, -50%) rotate(${turn}deg)` }}>
        {row.source === null ? (
          <p className={styles.absent}>{messages.viewer.reading}</p>
        ) : (
          <Picture
            key={row.rotation}
            src={previewUrl(taskId, row, "full")}
            name={messages.viewer.page(row.number)}
            absent={messages.viewer.noPicture}
          />
        )}
        {!hasTree(row) || tree.data === undefined ? null : <TextLayer page={tree.data} />}
      </div>
    </div>
  );
});

function Picture({ src, name, absent }: { src: string; name: string; absent: string }) {
  const turn = usePictureTurn(src, true);
  const [missing, setMissing] = useState(false);
  if (missing) return <p className={styles.absent}>{absent}</p>;
  const onError = () => {
    setMissing(true);
    turn.done();
  };
  return turn.src === undefined ? null : (
    <img
      className={styles.picture}
      src={turn.src}
      alt={name}
      decoding="async"
      draggable={false}
      onLoad={turn.done}
      onError={onError}
    />
  );
}

/** Everything in shares of the page's width, so that a zoom changes nothing in here. */
const TextLayer = memo(function TextLayer({ page }: { page: PageTree }) {
  const across = (x: number) => `${((100 * x) / page.width).toFixed(3)}cqw`;
  return (
    <div className={styles.words} data-page={page.number}>
      {pageLines(page).map((line) => (
        <div key={line.id} className={styles.line}>
          {line.words.map(({ word, spaced }) => {
            const [x0, y0, x1, y1] = word.bbox;
            // Words that run down are laid on their side.
            const down = y1 - y0 > 2.5 * (x1 - x0) && [...word.text].length > 1;
            const [long, thick] = down ? [y1 - y0, x1 - x0] : [x1 - x0, y1 - y0];
            const stretch = widthRatio(word.text, long, thick);
            const turned = down ? ` translateX(${across(thick)}) rotate(90deg)` : "";
            return (
              <span
                key={word.id}
                data-word={word.id}
                data-doubt={doubtOf(word)}
                className={styles.word}
                style={{
                  insetInlineStart: across(x0),
                  insetBlockStart: across(y0),
                  fontSize: across(thick),
                  transform: `${turned} scaleX(${stretch.toFixed(3)})`,
                }}
              >
                {spaced ? `${word.text} ` : word.text}
              </span>
            );
          })}
        </div>
      ))}
    </div>
  );
});
