import type { ResultFormat } from "@legible/shared/task";
import { Button, Group } from "@mantine/core";
import IconFileTypePdf from "@tabler/icons-react/dist/esm/icons/IconFileTypePdf.mjs";
import IconJson from "@tabler/icons-react/dist/esm/icons/IconJson.mjs";
import IconMarkdown from "@tabler/icons-react/dist/esm/icons/IconMarkdown.mjs";
import { useMessages } from "../messages/use-messages.ts";
import { downloadUrl } from "./download-url.ts";

const formats: { format: ResultFormat; Icon: typeof IconJson; main: boolean }[] = [
  { format: "pdf", Icon: IconFileTypePdf, main: true },
  { format: "markdown", Icon: IconMarkdown, main: false },
  { format: "json", Icon: IconJson, main: false },
];

/** The results as links; the server names the files. */
export function Downloads({ taskId }: { taskId: string }) {
  const messages = useMessages();
  return (
    <Group gap={8} role="group" aria-label={messages.task.downloads}>
      {formats.map(({ format, Icon, main }) => (
        <Button
          key={format}
          component="a"
          href={downloadUrl(taskId, format)}
          download
          variant={main ? "filled" : "default"}
          leftSection={<Icon size={19} stroke={1.6} aria-hidden="true" />}
          aria-label={messages.task.downloadLabel[format]}
        >
          {messages.task.download[format]}
        </Button>
      ))}
    </Group>
  );
}
