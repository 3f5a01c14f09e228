import { Skeleton, Stack, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTRPC } from "../api/trpc.ts";
import { useSettingsTexts, WithSettingsTexts } from "../messages/part-messages.tsx";
import { parseSettingsSearch } from "../settings/settings-search.ts";
import { SettingsView } from "../settings/settings-view.tsx";

const route = getRouteApi("/signed-in/settings");

/** What a person decides for themselves, when the texts for it are there. */
export function SettingsPage() {
  return (
    <Suspense fallback={<Skeleton height={400} aria-busy="true" />}>
      <WithSettingsTexts>
        <Settings />
      </WithSettingsTexts>
    </Suspense>
  );
}

function Settings() {
  const messages = useSettingsTexts();
  const { tab = "account" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useSuspenseQuery(useTRPC().auth.me.queryOptions());
  return (
    <Stack gap="lg">
      <title>{messages.pageTitle(messages.settings.title)}</title>
      <Title order={1}>{messages.settings.title}</Title>
      <SettingsView
        me={me}
        tab={tab}
        onTab={(next) => void navigate({ search: parseSettingsSearch({ tab: next }), replace: true })}
      />
    </Stack>
  );
}
