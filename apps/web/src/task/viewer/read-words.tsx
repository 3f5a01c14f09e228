// Words as text. Each carries its id, so that it lights up together with its place on the page image.
import { Fragment } from "react";
import type { ReadLine } from "./page-words.ts";
import { doubtOf } from "./page-words.ts";

export function ReadWords({ line }: { line: ReadLine }) {
  return line.words.map(({ word, spaced }) => (
    <Fragment key={word.id}>
      <span data-word={word.id} data-doubt={doubtOf(word)}>
        {word.text}
      </span>
      {spaced ? " " : null}
    </Fragment>
  ));
}
