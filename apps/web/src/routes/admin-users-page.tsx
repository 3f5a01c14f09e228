import { Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { parseUsersSearch } from "../admin/users/users-search.ts";
import { UsersView } from "../admin/users/users-view.tsx";
import { useTRPC } from "../api/trpc.ts";
import { useAdminTexts } from "../messages/part-messages.tsx";

const route = getRouteApi("/signed-in/admin/users");

/** Who has an account. */
export function AdminUsersPage() {
  const messages = useAdminTexts();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useSuspenseQuery(useTRPC().auth.me.queryOptions());
  return (
    <Stack gap="md">
      <title>{messages.pageTitle(messages.admin.users.title)}</title>
      <Title order={1}>{messages.admin.users.title}</Title>
      <UsersView
        selfId={me.user.id}
        search={search}
        onSearch={(next) => void navigate({ search: parseUsersSearch({ ...next }), replace: true, resetScroll: false })}
      />
    </Stack>
  );
}
