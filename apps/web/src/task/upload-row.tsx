import { ActionIcon, Anchor, Code, Group, Progress, Text } from "@mantine/core";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { Link } from "@tanstack/react-router";
import { sentenceOf } from "../api/problem.ts";
import type { Messages } from "../messages/en.ts";
import { useMessages } from "../messages/use-messages.ts";
import { formatBytes, toPercent } from "../ui/quantities.ts";
import { isOver, mayRetry, type Upload } from "./upload.ts";
import type { UploadTray } from "./upload-tray.ts";
import styles from "./upload-tray-view.module.css";

export function UploadRow({ upload, tray }: { upload: Upload; tray: UploadTray }) {
  const messages = useMessages();
  const over = isOver(upload);
  const names = upload.files.map((file) => file.name).join(", ");
  return (
    <li className={styles.row}>
      <div>
        <Text fw={500} className={styles.name} title={names}>
          {names}
        </Text>
        <UploadState upload={upload} messages={messages} />
      </div>
      <Group gap={4} wrap="nowrap">
        {upload.status === "sent" && upload.taskId !== null ? (
          <Anchor
            size="sm"
            renderRoot={(props) => <Link to="/tasks/$taskId" params={{ taskId: upload.taskId ?? "" }} {...props} />}
          >
            {messages.uploads.open}
          </Anchor>
        ) : null}
        {mayRetry(upload) ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={messages.uploads.retryNamed(upload.name)}
            onClick={() => tray.retry(upload.id)}
          >
            <IconRefresh size={18} stroke={1.7} />
          </ActionIcon>
        ) : null}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={over ? messages.uploads.dismissNamed(upload.name) : messages.uploads.cancelNamed(upload.name)}
          onClick={() => (over ? tray.dismiss(upload.id) : tray.cancel(upload.id))}
        >
          <IconX size={18} stroke={1.7} />
        </ActionIcon>
      </Group>
      {upload.status === "sending" ? (
        <Progress
          className={styles.bar}
          size="sm"
          value={toPercent(upload.sentBytes, upload.totalBytes)}
          aria-label={messages.uploads.progressOf(upload.name)}
        />
      ) : null}
    </li>
  );
}

function UploadState({ upload, messages }: { upload: Upload; messages: Messages }) {
  if (upload.status === "failed" && upload.problem !== null) {
    const sentence = sentenceOf(messages, upload.problem);
    return (
      <div role="alert">
        <Text size="sm" c="var(--legible-bad)">
          {sentence.message} {sentence.nextStep}
        </Text>
        {upload.problem.requestId === null ? null : (
          <Text size="xs" c="dimmed">
            {messages.problem.requestId} <Code className="break-anywhere">{upload.problem.requestId}</Code>
          </Text>
        )}
      </div>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      {describeUpload(upload, messages)}
    </Text>
  );
}

function describeUpload(upload: Upload, messages: Messages): string {
  const parts = upload.files.length > 1 ? [messages.uploads.files(upload.files.length)] : [];
  if (upload.status === "sending") {
    parts.push(
      messages.uploads.sending(
        formatBytes(upload.sentBytes, messages.locale),
        formatBytes(upload.totalBytes, messages.locale),
      ),
    );
    if (upload.bytesPerSecond !== null) parts.push(`${formatBytes(upload.bytesPerSecond, messages.locale)}/s`);
    return parts.join(" · ");
  }
  parts.push(formatBytes(upload.totalBytes, messages.locale));
  if (upload.status === "waiting") parts.push(messages.uploads.waiting);
  if (upload.status === "sent") parts.push(messages.uploads.done);
  if (upload.status === "cancelled") parts.push(messages.uploads.cancelled);
  return parts.join(" · ");
}
