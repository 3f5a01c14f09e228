import { Group, Text } from "@mantine/core";
import IconArrowLeft from "@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs";
import IconArrowRight from "@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs";
import { useMessages } from "../../messages/use-messages.ts";
import styles from "./document-viewer.module.css";
import { Tool } from "./viewer-toolbar.tsx";

/** How many doubtful words there are, and the way through them. */
export function DoubtfulWalk({ count, onStep }: { count: number; onStep: (step: 1 | -1) => void }) {
  const { doubtful } = useMessages().viewer;
  return (
    <Group gap={2} wrap="nowrap">
      <Tool name={doubtful.previous} disabled={count === 0} onClick={() => onStep(-1)}>
        <IconArrowLeft size={16} stroke={1.7} />
      </Tool>
      <Text size="xs" c="dimmed" className={styles.doubtful ?? ""}>
        {count === 0 ? doubtful.none : doubtful.count(count)}
      </Text>
      <Tool name={doubtful.next} disabled={count === 0} onClick={() => onStep(1)}>
        <IconArrowRight size={16} stroke={1.7} />
      </Tool>
    </Group>
  );
}
