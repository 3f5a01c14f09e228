import { ActionIcon, Anchor, Code, Group, Progress, Text } from "@mantine/core";
import IconRefresh from "@tabler/icons-react/dist/esm/icons/IconRefresh.mjs";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { Link } from "@tanstack/react-router";
import { sentenceOf } from "../api/problem.ts";
import type { Messages } from "../messages/en.ts";
import { useMessages } from "../messages/use-messages.ts";
import { formatBytes, toPercent } from "../ui/quantities.ts";
import { refusalSentence } from "./refusal.ts";
import { isOver, mayRetry, sentOfEach, type Upload } from "./upload.ts";
import type { UploadTray } from "./upload-tray.ts";
import styles from "./upload-tray-view.module.css";

export function UploadRow({ upload, tray }: { upload: Upload; tray: UploadTray }) {
  const messages = useMessages();
  const over = isOver(upload);
  const underWay = upload.status === "sending" || (upload.status === "waiting" && upload.problem !== null);
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
      {underWay ? (
        <Progress
          className={styles.bar}
          size="sm"
          value={toPercent(upload.sentBytes, upload.totalBytes)}
          aria-label={messages.uploads.progressOf(upload.name)}
        />
      ) : null}
      {underWay && upload.files.length > 1 ? <UploadFiles upload={upload} messages={messages} /> : null}
    </li>
  );
}

/** Each file of a document with its own bar. */
function UploadFiles({ upload, messages }: { upload: Upload; messages: Messages }) {
  const sent = sentOfEach(upload);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <ol className={styles.files} aria-label={messages.uploads.filesOf(upload.name)} tabIndex={0}>
      {upload.files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is settled, and names may repeat
        <li key={index} className={styles.file}>
          <Text size="xs" c="dimmed" className={styles.name} title={file.name}>
            {file.name}
          </Text>
          <Progress
            size={3}
            value={toPercent(sent[index] ?? 0, file.size)}
            aria-label={messages.uploads.progressOf(file.name)}
          />
        </li>
      ))}
    </ol>
  );
}

function UploadState({ upload, messages }: { upload: Upload; messages: Messages }) {
  const problem = upload.status === "failed" ? upload.problem : null;
  const sentence =
    upload.refusal !== null
      ? refusalSentence(messages, upload.refusal)
      : problem === null
        ? undefined
        : sentenceOf(messages, problem);
  if (sentence !== undefined) {
    return (
      <div role="alert">
        <Text size="sm" c="var(--legible-bad)">
          {sentence.message} {sentence.nextStep}
        </Text>
        {problem === null || problem.requestId === null ? null : (
          <Text size="xs" c="dimmed">
            {messages.problem.requestId} <Code className="break-anywhere">{problem.requestId}</Code>
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
  if (upload.status === "waiting")
    parts.push(upload.problem === null ? messages.uploads.waiting : messages.uploads.interrupted);
  if (upload.status === "sent") parts.push(messages.uploads.done);
  if (upload.status === "cancelled") parts.push(messages.uploads.cancelled);
  return parts.join(" · ");
}
