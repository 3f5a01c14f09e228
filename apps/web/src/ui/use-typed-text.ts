// The text of a field whose value is kept in the address, which follows with a delay.
import { useDebouncedCallback } from "@mantine/hooks";
import { type RefObject, useEffect, useState } from "react";

/**
 * What is typed is shown at once and told to `onSettled` after `settleMs` of rest. While the person is in the field the address never
 * writes into it: it would bring back an older text and swallow what was typed since.
 */
export function useTypedText(
  field: RefObject<HTMLInputElement | null>,
  settled: string,
  onSettled: (text: string) => void,
  settleMs: number,
) {
  const [typed, setTyped] = useState(settled);
  const settle = useDebouncedCallback(onSettled, settleMs);
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(settled);
  }, [field, settled]);
  return {
    typed,
    type: (text: string) => {
      setTyped(text);
      settle(text);
    },
    /** Tells it now. */
    finish: (text: string) => {
      setTyped(text);
      settle.cancel();
      onSettled(text);
    },
  };
}
