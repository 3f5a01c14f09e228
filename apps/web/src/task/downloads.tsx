import type { ResultFormat } from "@legible/shared/task";
import { Button, Group } from "@mantine/core";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import { useMessages } from "../messages/use-messages.ts";
import { downloadUrl } from "./download-url.ts";

const formats: { format: ResultFormat; variant: "filled" | "default" }[] = [
  { format: "pdf", variant: "filled" },
  { format: "markdown", variant: "default" },
  { format: "json", variant: "default" },
];

/** The results as links; the server names the files. */
export function Downloads({ taskId }: { taskId: string }) {
  const messages = useMessages();
  return (
    <Group gap={8} role="group" aria-label={messages.task.downloads}>
      {formats.map(({ format, variant }) => (
        <Button
          key={format}
          component="a"
          href={downloadUrl(taskId, format)}
          download
          variant={variant}
          leftSection={<IconDownload size={17} stroke={1.7} aria-hidden="true" />}
          aria-label={messages.task.downloadLabel[format]}
        >
          {messages.task.download[format]}
        </Button>
      ))}
    </Group>
  );
}
