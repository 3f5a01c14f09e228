// The heart of a document's page: thumbnails, page images and the result side by side; on a narrow screen one at a time.
import { mayMove } from "@legible/shared/task-moves";
import { SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import type { LedgerRow, TaskView } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { useListedKeys, useShowKeys } from "../../ui/keys-context.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { CorrectWord } from "./correct-word.tsx";
import styles from "./document-viewer.module.css";
import { DoubtfulWalk } from "./doubtful-walk.tsx";
import { FindField } from "./find-field.tsx";
import { type ColumnHandle, PageColumn } from "./page-column.tsx";
import type { Turn, Zoom } from "./page-layout.ts";
import { neighbour, pageWords } from "./page-words.ts";
import { RerunForm } from "./rerun-form.tsx";
import { ResultTabs } from "./result-tabs.tsx";
import { Thumbnails } from "./thumbnails.tsx";
import { useDoubtfulWalk, type WordPlace } from "./use-doubtful-walk.ts";
import { useFind } from "./use-find.ts";
import { useFetchTree, useRereadTrees } from "./use-page-tree.ts";
import { useRerun } from "./use-rerun.ts";
import { type ViewerPanel, type ViewerSearch, type ViewerTab, viewerPanels, viewerTabs } from "./viewer-search.ts";
import { ViewerToolbar } from "./viewer-toolbar.tsx";
import { WordLights } from "./word-lights.tsx";

/** Wide enough for three columns. */
const wide = "(min-width: 62em)";

export function DocumentViewer({
  task,
  rows,
  search,
  onSearch,
  onSaved,
}: {
  task: TaskView;
  /** At least one page. */
  rows: readonly [LedgerRow, ...LedgerRow[]];
  search: ViewerSearch;
  onSearch: (change: ViewerSearch) => void;
  onSaved: (text: string) => void;
}) {
  const { taskId } = task;
  const messages = useMessages();
  const root = useRef<HTMLDivElement>(null);
  const column = useRef<ColumnHandle>(null);
  const findField = useRef<HTMLInputElement>(null);
  const isWide = useMediaQuery(wide, true, { getInitialValueInEffect: false });
  const [zoom, setZoom] = useState<Zoom>("width");
  const [turn, setTurn] = useState<Turn>(0);
  const [selected, setSelected] = useState<WordPlace>();
  const [correcting, setCorrecting] = useState(false);
  const showKeys = useShowKeys();
  const fetchTree = useFetchTree(taskId);
  useRereadTrees(taskId, rows);
  const walk = useDoubtfulWalk(taskId, rows);

  const { tab = "text", panel = "image", find = "" } = search;
  const current = Math.max(
    0,
    rows.findIndex((row) => row.number === (search.page ?? rows[0].number)),
  );
  const row = rows[current] ?? rows[0];
  const found = useFind(task, rows, find, current);
  const doubtful = rows.reduce((sum, { lowConfidenceWords }) => sum + lowConfidenceWords, 0);

  // Pages are laid out anew with all their words, which takes longer than a key may.
  const fitPages = (to: Zoom) => startTransition(() => setZoom(to));
  const turnPages = () => startTransition(() => setTurn((before) => ((before + 90) % 360) as Turn));
  const setCurrent = (index: number) => {
    const number = rows[index]?.number;
    if (number !== undefined && index !== current) onSearch({ page: number });
  };
  const open = (index: number, share?: number) => {
    if (index < 0 || index >= rows.length) return;
    column.current?.show(index, share);
    setCurrent(index);
  };
  const select = (place: WordPlace | undefined) => {
    setCorrecting(false);
    setSelected(place);
    if (place === undefined) return;
    open(place.index, place.share);
    requestAnimationFrame(() => revealInResult(root.current, place.word.id));
  };
  const step = async (by: 1 | -1) => {
    const next = await walk({ index: selected?.index ?? current, word: selected?.word.id }, by);
    if (next !== undefined) select(next);
  };
  // Typed, walked to, or asked for by the address: the match comes into sight.
  useEffect(() => {
    if (found.page !== undefined && found.share !== undefined) column.current?.show(found.page, found.share);
  }, [found.page, found.share]);

  /** The word that was clicked, whichever side it is on. */
  const wordAt = useCallback(
    async (target: EventTarget | null): Promise<WordPlace | undefined> => {
      const id = target instanceof Element ? target.closest("[data-word]")?.getAttribute("data-word") : null;
      const number = Number(/^p(\d+)w/u.exec(id ?? "")?.[1]);
      const index = rows.findIndex((each) => each.number === number);
      if (index === -1) return undefined;
      const page = await fetchTree(number);
      const word = pageWords(page).find((each) => each.id === id);
      return word === undefined ? undefined : { index, word, share: word.bbox[1] / page.height };
    },
    [rows, fetchTree],
  );
  const moveWord = async (by: 1 | -1) => {
    if (selected === undefined) return;
    const page = await fetchTree(rows[selected.index]?.number ?? 0);
    const word = neighbour(page, selected.word.id, by);
    if (word !== undefined) select({ ...selected, word, share: word.bbox[1] / page.height });
  };
  const mayCorrect = task.status === "completed";
  const last = rows.at(-1)?.number ?? row.number;
  const rerun = useRerun(last);
  const mayRerun = mayMove(task.status, "retry") && !task.fileDeleted;
  const correct = () => {
    if (selected !== undefined && mayCorrect) setCorrecting(true);
  };
  const showTab = (next: ViewerTab) => onSearch({ tab: next, ...(isWide ? {} : { panel: "result" }) });

  useListedKeys(messages.viewer.keyList);
  useKeys({
    n: () => void step(1),
    p: () => void step(-1),
    ArrowRight: selected === undefined ? undefined : () => void moveWord(1),
    ArrowLeft: selected === undefined ? undefined : () => void moveWord(-1),
    Enter: selected === undefined ? undefined : correct,
    Escape: selected === undefined ? undefined : () => select(undefined),
    j: () => open(current + 1),
    k: () => open(current - 1),
    "+": () => column.current?.zoomBy(1),
    "=": () => column.current?.zoomBy(1),
    "-": () => column.current?.zoomBy(-1),
    "0": () => fitPages(zoom === "width" ? "page" : "width"),
    r: turnPages,
    "/": () => findField.current?.focus(),
    ...Object.fromEntries(viewerTabs.map((each, index) => [String(index + 1), () => showTab(each)])),
  });

  const shows = (which: ViewerPanel) => isWide || panel === which;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: words are text; the keys n, p, arrows and Enter do what clicks on them do
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      ref={root}
      className={`surface ${styles.viewer}`}
      onClick={({ target }) => {
        // A selection with the mouse is for copying.
        if (window.getSelection()?.isCollapsed === false) return;
        void wordAt(target).then((place) => place && select(place));
      }}
      onDoubleClick={({ target }) => {
        if (!mayCorrect) return;
        void wordAt(target).then((place) => {
          if (place === undefined) return;
          window.getSelection()?.removeAllRanges();
          setSelected(place);
          setCorrecting(true);
        });
      }}
    >
      <ViewerToolbar
        page={row.number}
        total={last}
        zoom={zoom}
        onPage={(number) => open(rows.findIndex((each) => each.number === number))}
        onZoom={fitPages}
        onZoomBy={(steps) => column.current?.zoomBy(steps)}
        onTurn={turnPages}
        onReadAgain={mayRerun ? () => rerun.begin(row.number) : undefined}
        onKeys={showKeys}
      >
        <DoubtfulWalk count={doubtful} onStep={(by) => void step(by)} />
        <FindField
          field={findField}
          wanted={find}
          found={found}
          onWanted={(wanted) => onSearch({ find: wanted })}
          onGo={found.go}
        />
      </ViewerToolbar>
      {rerun.rerun === undefined || !mayRerun ? null : (
        <RerunForm
          key={rerun.rerun.languages?.join()}
          task={task}
          total={last}
          rerun={rerun.rerun}
          onRanges={rerun.write}
          onClose={rerun.end}
        />
      )}
      {isWide ? null : (
        <SegmentedControl
          fullWidth
          size="sm"
          radius={0}
          aria-label={messages.viewer.panel}
          value={panel}
          data={viewerPanels.map((value) => ({ value, label: messages.viewer.panels[value] }))}
          onChange={(value) => onSearch({ panel: value as ViewerPanel })}
        />
      )}
      <div className={styles.panels}>
        {shows("thumbnails") ? (
          <Thumbnails
            taskId={taskId}
            rows={rows}
            current={current}
            chosen={mayRerun ? rerun.chosen : undefined}
            onChoose={rerun.tick}
            onOpen={(index) => {
              open(index);
              if (!isWide) onSearch({ page: rows[index]?.number, panel: "image" });
            }}
          />
        ) : null}
        {shows("image") ? (
          <PageColumn
            taskId={taskId}
            rows={rows}
            current={current}
            zoom={zoom}
            turn={turn}
            handle={column}
            onCurrent={setCurrent}
            onZoom={setZoom}
          />
        ) : null}
        {shows("result") ? (
          <ResultTabs
            task={task}
            rows={rows}
            current={current}
            tab={tab}
            onTab={showTab}
            onReadAgain={mayRerun ? rerun.begin : undefined}
          />
        ) : null}
      </div>
      <WordLights root={root} selected={selected?.word.id} found={found.words} match={found.match} />
      {correcting && selected !== undefined ? (
        <CorrectWord
          key={selected.word.id}
          taskId={taskId}
          page={rows[selected.index]?.number ?? 0}
          word={selected.word}
          root={root}
          onClose={(saved) => {
            setCorrecting(false);
            if (saved === undefined) return;
            onSaved(saved.text);
            // The word as it is now, so that the walk goes on from here.
            setSelected({ ...selected, word: saved });
          }}
        />
      ) : null}
    </div>
  );
}

/** Brings the word into sight in the result, if its page is there. */
function revealInResult(root: HTMLElement | null, wordId: string): void {
  const word = root?.querySelector(`[role="tabpanel"] [data-word="${CSS.escape(wordId)}"]`);
  word?.scrollIntoView({ block: "nearest" });
}
