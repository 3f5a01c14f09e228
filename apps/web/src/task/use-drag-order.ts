// Moving an item of a list with the pointer: mouse, pen or finger. The drag and drop of browsers knows no fingers, and would open the
// drop zone.
import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useEffectEvent, useState } from "react";

/** `move` puts an item to a 0-based place among the children of `list`, whose order it follows. */
export function useDragOrder(list: RefObject<HTMLElement | null>, move: (id: number, place: number) => void) {
  const [dragged, setDragged] = useState<number>();
  const follow = useEffectEvent((id: number, y: number) => {
    const rows = [...(list.current?.children ?? [])];
    const others = rows.filter((row) => row.getAttribute("data-dragged") !== "true");
    const place = others.filter((row) => middleOf(row) < y).length;
    if (rows[place]?.getAttribute("data-dragged") !== "true") move(id, place);
  });
  useEffect(() => {
    if (dragged === undefined) return;
    const onMove = (event: PointerEvent) => follow(dragged, event.clientY);
    const onEnd = () => setDragged(undefined);
    // On the window: the item itself is taken out of the page and put back while it moves, which ends any capture.
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onEnd);
    window.addEventListener("pointercancel", onEnd);
    return () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onEnd);
      window.removeEventListener("pointercancel", onEnd);
    };
  }, [dragged]);
  return {
    dragged,
    begin: (event: ReactPointerEvent, id: number) => {
      if (event.button !== 0) return;
      // No text is selected on the way.
      event.preventDefault();
      setDragged(id);
    },
  };
}

function middleOf(element: Element): number {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
