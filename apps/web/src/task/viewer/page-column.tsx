// The pages one below the other. Sizes are known before the pages are, so only those near the window exist and nothing jumps.
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type RefObject,
  startTransition,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import type { LedgerRow } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./page-column.module.css";
import { PageImage } from "./page-image.tsx";
import {
  clampZoom,
  gap,
  keepPoint,
  layOutPages,
  type PageLayout,
  type PageSize,
  pageAt,
  type Turn,
  unknownSize,
  type Zoom,
  zoomFactor,
  zoomStep,
} from "./page-layout.ts";

export interface ColumnHandle {
  /** Shows a page's top, or the place at `share` of its height when that is not in sight. */
  show(index: number, share?: number): void;
  zoomBy(steps: number): void;
}

export function PageColumn({
  taskId,
  rows,
  current,
  zoom,
  turn,
  handle,
  onCurrent,
  onZoom,
}: {
  taskId: string;
  rows: readonly LedgerRow[];
  current: number;
  zoom: Zoom;
  turn: Turn;
  handle: RefObject<ColumnHandle | null>;
  onCurrent: (index: number) => void;
  onZoom: (zoom: number) => void;
}) {
  const messages = useMessages();
  const scroller = useRef<HTMLElement>(null);
  const { ref: sized, width, height } = useElementSize<HTMLElement>();
  const attach = useMergedRef(scroller, sized);
  const sizes = useMemo(() => rows.map(sizeOf), [rows]);
  const factor = zoomFactor(zoom, sizes[current] ?? unknownSize, turn, { width, height });
  const layout = useMemo(() => layOutPages(sizes, turn, factor), [sizes, turn, factor]);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    // Pages are drawn soon after the scroll, not within it: the next turn of the wheel comes first.
    useFlushSync: false,
    estimateSize: (index) => (layout.pages[index]?.height ?? 0) + gap,
    paddingStart: gap,
    overscan: 1,
  });

  // After a change of sizes, whatever was under the pointer (or at the top) is there again before anything is painted.
  const pointer = useRef<{ x: number; y: number }>(undefined);
  const held = useRef<PageLayout>(layout);
  useLayoutEffect(() => {
    list.measure();
    const element = scroller.current;
    const before = held.current;
    held.current = layout;
    if (element === null || before === layout || before.pages.length !== layout.pages.length) return;
    const scroll = { left: element.scrollLeft, top: element.scrollTop };
    element.scrollTo(keepPoint(before, layout, scroll, pointer.current ?? { x: width / 2, y: 0 }, width));
    pointer.current = undefined;
  }, [layout, list, width]);

  // The page of the address, as soon as there is room to show it in.
  const shown = useRef(false);
  useLayoutEffect(() => {
    if (shown.current || width === 0) return;
    shown.current = true;
    scroller.current?.scrollTo({ top: (layout.pages[current]?.top ?? gap) - gap });
  }, [width, layout, current]);

  // Keys may come faster than pages are drawn: each starts from what the one before asked for.
  const wanted = useRef(factor);
  useLayoutEffect(() => {
    wanted.current = factor;
  }, [factor]);

  useImperativeHandle(handle, () => ({
    show(index, share) {
      const element = scroller.current;
      const page = held.current.pages[index];
      if (element === null || page === undefined) return;
      if (share === undefined) return element.scrollTo({ top: page.top - gap });
      const y = page.top + share * page.height;
      const inSight = y > element.scrollTop + 60 && y < element.scrollTop + element.clientHeight - 60;
      if (!inSight) element.scrollTo({ top: y - element.clientHeight / 3 });
    },
    zoomBy(steps) {
      const next = clampZoom(wanted.current * zoomStep ** steps);
      wanted.current = next;
      startTransition(() => onZoom(next));
    },
  }));

  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (element === null || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      pointer.current = { x: event.clientX - box.left, y: event.clientY - box.top };
      onZoom(clampZoom(factor * zoomStep ** Math.max(-1, Math.min(1, -event.deltaY / 40))));
    };
    // Not passive: the browser would zoom the whole page.
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [factor, onZoom]);

  return (
    <section
      ref={attach}
      className={styles.scroller}
      aria-label={messages.viewer.image}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      onScroll={({ currentTarget }) =>
        onCurrent(pageAt(held.current, currentTarget.scrollTop + currentTarget.clientHeight / 3))
      }
    >
      <div className={styles.column} style={{ height: layout.height, width: Math.max(layout.width, width) }}>
        {width === 0
          ? null
          : list.getVirtualItems().map(({ index }) => {
              const [row, page] = [rows[index], layout.pages[index]];
              return row === undefined || page === undefined ? null : (
                <div key={row.number} className={styles.page} style={{ transform: `translate(-50%, ${page.top}px)` }}>
                  <PageImage taskId={taskId} row={row} width={page.width} height={page.height} turn={turn} />
                </div>
              );
            })}
      </div>
    </section>
  );
}

function sizeOf({ width, height, dpi }: LedgerRow): PageSize {
  return width === null || height === null || dpi === null ? unknownSize : { width, height, dpi };
}
