// All pages small, as a list to leaf through. Only those near are there.
import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { LedgerRow } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { usePictureTurn } from "./picture-line.ts";
import { previewUrl } from "./preview-url.ts";
import styles from "./thumbnails.module.css";

const width = 104;
/** Number and gap below a picture, px. */
const below = 34;
const tallest = 180;

export function Thumbnails({
  taskId,
  rows,
  current,
  chosen,
  onChoose,
  onOpen,
}: {
  taskId: string;
  rows: readonly LedgerRow[];
  /** Index of the page that is looked at. */
  current: number;
  /** Numbers of the pages that are ticked; undefined while nobody chooses. */
  chosen: ReadonlySet<number> | undefined;
  onChoose: (number: number, on: boolean) => void;
  onOpen: (index: number) => void;
}) {
  const messages = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    // Pages are drawn soon after the scroll, not within it: the next turn of the wheel comes first.
    useFlushSync: false,
    estimateSize: (index) => pictureHeight(rows[index]) + below,
    overscan: 4,
    paddingStart: 10,
  });
  useEffect(() => list.scrollToIndex(current, { align: "auto" }), [current, list]);
  return (
    <nav ref={scroller} className={styles.scroller} aria-label={messages.viewer.thumbnails}>
      <ol className={styles.list} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li key={row.number} className={styles.item} style={{ transform: `translateY(${start}px)` }}>
              {chosen === undefined ? null : (
                <Checkbox
                  size="lg"
                  className={styles.tick ?? ""}
                  aria-label={messages.viewer.rerun.choose(row.number)}
                  checked={chosen.has(row.number)}
                  onChange={({ currentTarget }) => onChoose(row.number, currentTarget.checked)}
                />
              )}
              <button
                type="button"
                className={styles.button}
                aria-current={index === current ? "page" : undefined}
                aria-label={messages.viewer.page(row.number)}
                onClick={() => onOpen(index)}
              >
                <span className={styles.sheet} style={{ width, height: pictureHeight(row) }}>
                  {row.source === null ? null : (
                    <Thumbnail key={row.rotation} src={previewUrl(taskId, row, "thumbnail")} />
                  )}
                </span>
                <span className={styles.number} aria-hidden="true">
                  {row.number}
                  {row.lowConfidenceWords > 0 ? <span className={styles.doubt} /> : null}
                  {row.source === "failed" ? <span className={styles.failed} /> : null}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Empty paper until the picture has come, and where there is none. */
function Thumbnail({ src }: { src: string }) {
  const turn = usePictureTurn(src, false);
  const [missing, setMissing] = useState(false);
  if (turn.src === undefined || missing) return null;
  const onError = () => {
    setMissing(true);
    turn.done();
  };
  return <img src={turn.src} alt="" decoding="async" draggable={false} onLoad={turn.done} onError={onError} />;
}

function pictureHeight(row: LedgerRow | undefined): number {
  if (row?.width == null || row.height === null) return Math.round(width * Math.SQRT2);
  return Math.min(tallest, Math.max(24, Math.round((width * row.height) / row.width)));
}
