import { useEffect, useRef, useState } from "react";

/** `act` behind a function that stays the same, so that a row that is given it need not be drawn again. For events only. */
export function useSteady<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
  const newest = useRef(act);
  useEffect(() => {
    newest.current = act;
  });
  const [steady] = useState(
    () =>
      (...given: Given) =>
        newest.current(...given),
  );
  return steady;
}
