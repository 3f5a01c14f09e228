// The result beside the page images: as text, as Markdown, as JSON, and the ledger of pages.
import { Tabs } from "@mantine/core";
import { useDeferredValue } from "react";
import type { LedgerRow, TaskView } from "../../api/answers.ts";
import { useMessages } from "../../messages/use-messages.ts";
import { PageLedger } from "../page-ledger.tsx";
import styles from "./document-viewer.module.css";
import { PageJson } from "./page-json.tsx";
import { ReadPages } from "./read-pages.tsx";
import { type ViewerTab, viewerTabs } from "./viewer-search.ts";

export function ResultTabs({
  task,
  rows,
  current,
  tab,
  onTab,
  onReadAgain,
}: {
  task: TaskView;
  rows: readonly [LedgerRow, ...LedgerRow[]];
  current: number;
  tab: ViewerTab;
  onTab: (tab: ViewerTab) => void;
  /** Undefined while the document cannot be read again. */
  onReadAgain: ((page: number, languages: readonly string[]) => void) | undefined;
}) {
  const { viewer } = useMessages();
  // The tab answers at once; what it shows may be hundreds of words or rows.
  const shown = useDeferredValue(tab);
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      className={styles.result ?? ""}
      aria-label={viewer.result}
      onChange={(value) => onTab(value as ViewerTab)}
    >
      <Tabs.List>
        {viewerTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {viewer.tabs[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {(["text", "markdown"] as const).map((shape) => (
        <Tabs.Panel key={shape} value={shape} className={styles.tab ?? ""}>
          {shown === shape ? (
            <ReadPages
              taskId={task.taskId}
              rows={rows}
              current={current}
              shape={shape}
              label={viewer.tabs[shape]}
              onReadAgain={onReadAgain}
            />
          ) : null}
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="json" className={styles.tab ?? ""}>
        {shown === "json" ? <PageJson taskId={task.taskId} row={rows[current] ?? rows[0]} /> : null}
      </Tabs.Panel>
      <Tabs.Panel value="pages" className={styles.ledger ?? ""}>
        {shown === "pages" ? <PageLedger task={task} /> : null}
      </Tabs.Panel>
    </Tabs>
  );
}
