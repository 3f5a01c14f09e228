import { Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import IconFilePlus from "@tabler/icons-react/dist/esm/icons/IconFilePlus.mjs";
import { useMessages } from "../messages/use-messages.ts";
import styles from "./add-documents.module.css";

/** Takes files and folders that are dropped on any part of the page. */
export function DropAnywhere({ onDrop }: { onDrop: (files: File[]) => void }) {
  const { home } = useMessages();
  return (
    // Inside the page's own landmark, not beside it.
    <Dropzone.FullScreen active withinPortal={false} onDrop={onDrop} inputProps={{ "aria-label": home.choose }}>
      <div className={styles.overlay}>
        <IconFilePlus size={56} stroke={1.3} aria-hidden="true" />
        <Text size="xl" fw={600}>
          {home.dropHere}
        </Text>
      </div>
    </Dropzone.FullScreen>
  );
}
