import { Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTRPC } from "../api/trpc.ts";
import { useMessages } from "../messages/use-messages.ts";
import { parseSettingsSearch } from "../settings/settings-search.ts";
import { SettingsView } from "../settings/settings-view.tsx";

const route = getRouteApi("/signed-in/settings");

/** What a person decides for themselves. */
export function SettingsPage() {
  const messages = useMessages();
  const { tab = "account" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useSuspenseQuery(useTRPC().auth.me.queryOptions());
  return (
    <Stack gap="lg">
      <title>{messages.pageTitle(messages.settings.title)}</title>
      <Title order={1}>{messages.settings.title}</Title>
      <SettingsView
        user={me.user}
        tab={tab}
        onTab={(next) => void navigate({ search: parseSettingsSearch({ tab: next }), replace: true })}
      />
    </Stack>
  );
}
