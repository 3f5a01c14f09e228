import type { ResultFormat } from "@legible/shared/result-format";
import { Button, Group, Menu } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs";
import IconDownload from "@tabler/icons-react/dist/esm/icons/IconDownload.mjs";
import { useMessages } from "../messages/use-messages.ts";
import { DownloadItems } from "./download-items.tsx";
import { downloadUrl } from "./download-url.ts";

const shown: { format: ResultFormat; variant: "filled" | "default" }[] = [
  { format: "pdf", variant: "filled" },
  { format: "markdown", variant: "default" },
  { format: "json", variant: "default" },
];
const further: ResultFormat[] = ["txt", "hocr", "alto", "zip"];

/** The results as links; the server names the files. */
export function Downloads({ taskId }: { taskId: string }) {
  const messages = useMessages();
  return (
    <Group gap={8} role="group" aria-label={messages.task.downloads}>
      {shown.map(({ format, variant }) => (
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
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} stroke={1.7} aria-hidden="true" />}>
            {messages.task.moreFormats}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <DownloadItems taskId={taskId} formats={further} />
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
