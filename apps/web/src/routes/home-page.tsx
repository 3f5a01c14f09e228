import { Stack, Title, VisuallyHidden } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { AddDocuments } from "../task/add-documents.tsx";
import { TaskList } from "../task/task-list.tsx";
import { UploadTrayView } from "../task/upload-tray-view.tsx";
import { SearchLink } from "./search-link.tsx";

const route = getRouteApi("/signed-in/");

/** Adding documents, and the latest ones. */
export function HomePage() {
  const messages = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useSuspenseQuery(useTRPC().auth.me.queryOptions());
  return (
    <Stack gap="xl">
      <title>{messages.pageTitle(messages.home.title)}</title>
      <VisuallyHidden>
        <Title order={1}>{messages.home.title}</Title>
      </VisuallyHidden>
      <Stack gap="lg">
        <AddDocuments me={me} />
        <UploadTrayView />
      </Stack>
      <TaskList search={search} searchLink={<SearchLink />} onSearch={(next) => void navigate({ search: next })} />
    </Stack>
  );
}
