// Pictures wait in one line of the page's own: a browser opens six connections to a server, pictures that are still being drawn would
// hold all of them, and text would wait for thumbnails.
import { useEffect, useState } from "react";

/** At a time: one connection is the live stream's, and two are left for everything else. */
const atOnce = 3;

type Place = { urgent: boolean; call: () => void };
const waiting: Place[] = [];
let running = 0;

function next(): void {
  while (running < atOnce && waiting.length > 0) {
    const urgent = waiting.findIndex((place) => place.urgent);
    const [place] = waiting.splice(Math.max(0, urgent), 1);
    running += 1;
    place?.call();
  }
}

/** Stands in line; yields how to leave, also when the picture has come. */
export function standInLine(urgent: boolean, call: () => void): () => void {
  let left = false;
  let called = false;
  const place: Place = {
    urgent,
    call: () => {
      called = true;
      call();
    },
  };
  waiting.push(place);
  next();
  return () => {
    if (left) return;
    left = true;
    if (called) running -= 1;
    else waiting.splice(waiting.indexOf(place), 1);
    next();
  };
}

/** The address to load when it is the picture's turn, and what to call when it has come or failed. Leaving the page leaves the line. */
export function usePictureTurn(src: string, urgent: boolean): { src: string | undefined; done: () => void } {
  const [turn, setTurn] = useState<{ src: string; leave: () => void }>();
  useEffect(() => {
    const leave = standInLine(urgent, () => queueMicrotask(() => setTurn({ src, leave: () => leave() })));
    return leave;
  }, [src, urgent]);
  const mine = turn?.src === src ? turn : undefined;
  return { src: mine?.src, done: () => mine?.leave() };
}
