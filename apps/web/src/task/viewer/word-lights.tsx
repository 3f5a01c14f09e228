// Words light up by their id wherever they are shown: one rule in a style element reaches the page image and every result alike, also
// those pages that come into being later.
import { type RefObject, useEffect, useState } from "react";

export function WordLights({
  root,
  selected,
  found,
  match,
}: {
  root: RefObject<HTMLElement | null>;
  selected: string | undefined;
  /** All matches of a search on the page, and the one that is looked at. */
  found: readonly string[];
  match: readonly string[];
}) {
  const [hovered, setHovered] = useState<string>();
  useEffect(() => {
    const element = root.current;
    const over = ({ target }: Event) => {
      const word = target instanceof Element ? target.closest("[data-word]") : null;
      setHovered(word?.getAttribute("data-word") ?? undefined);
    };
    const out = () => setHovered(undefined);
    element?.addEventListener("pointerover", over);
    element?.addEventListener("pointerleave", out);
    return () => {
      element?.removeEventListener("pointerover", over);
      element?.removeEventListener("pointerleave", out);
    };
  }, [root]);
  const rules = [
    rule(found, "background: rgb(255 214 0 / 38%);"),
    rule(match, "background: rgb(255 150 0 / 55%);"),
    rule(hovered === undefined ? [] : [hovered], "background: rgb(74 130 195 / 38%);"),
    rule(selected === undefined ? [] : [selected], "background: rgb(74 130 195 / 45%); outline: 2px solid #2b5c9e;"),
  ];
  return <style>{rules.join("\n")}</style>;
}

/** Doubled, to win over the marks of doubt. */
function rule(ids: readonly string[], style: string): string {
  if (ids.length === 0) return "";
  const selectors = ids.map((id) => `[data-word="${CSS.escape(id)}"][data-word]`).join(", ");
  return `${selectors} { ${style} border-radius: 2px; }`;
}
