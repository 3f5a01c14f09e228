// Each upload with its own bar, speed and way to stop it.
import { Button, Group, Title, VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { isOver } from "./upload.ts";
import { UploadRow } from "./upload-row.tsx";
import { useUploads, useUploadTray } from "./upload-tray-context.ts";
import styles from "./upload-tray-view.module.css";

export function UploadTrayView() {
  const messages = useMessages();
  const tray = useUploadTray();
  const uploads = useUploads();
  const sent = uploads.filter((upload) => upload.status === "sent").length;
  const allOver = uploads.every(isOver);
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useEffect(() => {
    // What is left of the person's limits, for the next documents.
    if (allOver && sent > 0) void queryClient.invalidateQueries(trpc.auth.me.queryFilter());
  }, [allOver, sent, queryClient, trpc]);
  return (
    <>
      {/* Only the end is announced: a number that changes many times a second would silence everything else. */}
      <VisuallyHidden role="status">{allOver && sent > 0 ? messages.uploads.allSent(sent) : ""}</VisuallyHidden>
      {uploads.length === 0 ? null : (
        <section aria-labelledby="uploads-title">
          <Group justify="space-between" mb={6} mih={30}>
            <Title order={2} id="uploads-title">
              {messages.uploads.title}
            </Title>
            {uploads.some((upload) => upload.status === "sent" || upload.status === "cancelled") ? (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={tray.clearFinished}>
                {messages.uploads.clear}
              </Button>
            ) : null}
          </Group>
          <ul className={`surface ${styles.list}`}>
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} tray={tray} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
