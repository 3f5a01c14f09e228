import type { ResultFormat } from "@legible/shared/result-format";
import { Menu } from "@mantine/core";
import { useMessages } from "../messages/use-messages.ts";
import { downloadUrl } from "./download-url.ts";

/** Items of a menu: one result to take away each. */
export function DownloadItems({ taskId, formats }: { taskId: string; formats: readonly ResultFormat[] }) {
  const { task } = useMessages();
  return formats.map((format) => (
    <Menu.Item
      key={format}
      component="a"
      href={downloadUrl(taskId, format)}
      download
      aria-label={task.downloadLabel[format]}
    >
      {task.download[format]}
    </Menu.Item>
  ));
}
