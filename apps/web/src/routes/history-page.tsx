import { Button, Group, Stack, Title } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMessages } from "../messages/use-messages.ts";
import { parseHistorySearch } from "../task/history/history-search.ts";
import { HistoryView } from "../task/history/history-view.tsx";
import { SearchLink } from "./search-link.tsx";

const route = getRouteApi("/signed-in/tasks");

/** All documents, with everything that is chosen in the address. */
export function HistoryPage() {
  const messages = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Stack gap="md">
      <title>{messages.pageTitle(messages.history.title)}</title>
      <Group justify="space-between" gap="xs">
        <Title order={1}>{messages.history.title}</Title>
        <SearchLink />
      </Group>
      <HistoryView
        search={search}
        onSearch={(next) =>
          void navigate({ search: parseHistorySearch({ ...next }), replace: true, resetScroll: false })
        }
        addDocuments={
          <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
            {messages.history.add}
          </Button>
        }
      />
    </Stack>
  );
}
