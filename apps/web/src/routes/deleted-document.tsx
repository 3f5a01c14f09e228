import { Button } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { Link } from "@tanstack/react-router";
import { useMessages } from "../messages/use-messages.ts";
import { EmptyState } from "../ui/empty-state.tsx";

/** In place of a document that was deleted while it was shown. */
export function DeletedDocument({ name }: { name: string }) {
  const messages = useMessages();
  return (
    <EmptyState order={1} icon={<IconTrash size={44} stroke={1.2} />} title={messages.task.goneTitle}>
      {messages.task.goneText(name)}
      <Button mt="md" variant="default" display="table" mx="auto" renderRoot={(props) => <Link to="/" {...props} />}>
        {messages.notFound.home}
      </Button>
    </EmptyState>
  );
}
