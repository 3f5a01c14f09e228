// The list of keys, which `?` opens on every page.
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { KeyList } from "./key-list.tsx";
import { KeysContext, type KeyText } from "./keys-context.ts";
import { useKeys } from "./use-keys.ts";

export function KeysProvider({ children }: { children: ReactNode }) {
  const listed = useRef(new Set<readonly KeyText[]>());
  const [opened, setOpened] = useState(false);
  // As they were when the list was opened: what lies below it does not change meanwhile.
  const [ofPage, setOfPage] = useState<readonly KeyText[]>([]);
  const show = useCallback(() => {
    setOfPage([...listed.current].flat());
    setOpened(true);
  }, []);
  useKeys({ "?": show });
  const keys = useMemo(
    () => ({
      add: (texts: readonly KeyText[]) => {
        listed.current.add(texts);
        return () => void listed.current.delete(texts);
      },
      show,
    }),
    [show],
  );
  return (
    <KeysContext value={keys}>
      {children}
      <KeyList opened={opened} ofPage={ofPage} onClose={() => setOpened(false)} />
    </KeysContext>
  );
}
