import { ActionIcon, Group, Text, TextInput, Tooltip } from "@mantine/core";
import IconArrowAutofitHeight from "@tabler/icons-react/dist/esm/icons/IconArrowAutofitHeight.mjs";
import IconArrowAutofitWidth from "@tabler/icons-react/dist/esm/icons/IconArrowAutofitWidth.mjs";
import IconChevronLeft from "@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs";
import IconChevronRight from "@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs";
import IconKeyboard from "@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs";
import IconMinus from "@tabler/icons-react/dist/esm/icons/IconMinus.mjs";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconRotateClockwise from "@tabler/icons-react/dist/esm/icons/IconRotateClockwise.mjs";
import { type ReactNode, useState } from "react";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./document-viewer.module.css";
import type { Zoom } from "./page-layout.ts";

/** Moving and zooming over the page images. Icons name themselves in a tooltip and to screen readers. */
export function ViewerToolbar({
  page,
  total,
  zoom,
  onPage,
  onZoom,
  onZoomBy,
  onTurn,
  onReadAgain,
  onKeys,
  children,
}: {
  /** Number of the page that is looked at, and of the last one. */
  page: number;
  total: number;
  zoom: Zoom;
  onPage: (page: number) => void;
  onZoom: (zoom: Zoom) => void;
  onZoomBy: (steps: number) => void;
  onTurn: () => void;
  /** Undefined while the document cannot be read again. */
  onReadAgain: (() => void) | undefined;
  onKeys: () => void;
  children: ReactNode;
}) {
  const { viewer } = useMessages();
  const fit = zoom === "width" ? "page" : "width";
  const Fit = fit === "page" ? IconArrowAutofitHeight : IconArrowAutofitWidth;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={viewer.image}>
      <Group gap={4} wrap="nowrap">
        <Tool name={viewer.previousPage} onClick={() => onPage(page - 1)} disabled={page <= 1}>
          <IconChevronLeft size={18} stroke={1.7} />
        </Tool>
        <PageField page={page} total={total} onPage={onPage} />
        <Text size="sm" c="dimmed" className={styles.total ?? ""}>
          {viewer.ofPages(total)}
        </Text>
        <Tool name={viewer.nextPage} onClick={() => onPage(page + 1)} disabled={page >= total}>
          <IconChevronRight size={18} stroke={1.7} />
        </Tool>
      </Group>
      <Group gap={2} wrap="nowrap">
        <Tool name={viewer.zoomOut} onClick={() => onZoomBy(-1)}>
          <IconMinus size={18} stroke={1.7} />
        </Tool>
        <Tool name={viewer.zoomIn} onClick={() => onZoomBy(1)}>
          <IconPlus size={18} stroke={1.7} />
        </Tool>
        <Tool name={fit === "page" ? viewer.fitPage : viewer.fitWidth} onClick={() => onZoom(fit)}>
          <Fit size={18} stroke={1.7} />
        </Tool>
        <Tool name={viewer.rotate} onClick={onTurn}>
          <IconRotateClockwise size={18} stroke={1.7} />
        </Tool>
        <Tool name={viewer.rerun.open} onClick={() => onReadAgain?.()} disabled={onReadAgain === undefined}>
          <IconRefresh size={18} stroke={1.7} />
        </Tool>
        <Tool name={viewer.keys} onClick={onKeys}>
          <IconKeyboard size={18} stroke={1.7} />
        </Tool>
      </Group>
      {children}
    </div>
  );
}

export function Tool({
  name,
  disabled = false,
  onClick,
  children,
}: {
  name: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={name} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={name} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** The page by its number. What is typed stays while the field has the focus, also where there is no such page. */
function PageField({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const { viewer } = useMessages();
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      type="number"
      inputMode="numeric"
      aria-label={viewer.pageField}
      size="xs"
      w={52}
      classNames={{ input: styles.pageField ?? "" }}
      min={1}
      max={total}
      value={typed ?? page}
      onBlur={() => setTyped(undefined)}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        const number = Number(value);
        if (Number.isInteger(number) && number >= 1 && number <= total) onPage(number);
      }}
    />
  );
}
