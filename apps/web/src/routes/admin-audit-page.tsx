import { Stack } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { parseAuditSearch } from "../admin/audit/audit-search.ts";
import { AuditView } from "../admin/audit/audit-view.tsx";
import { useMessages } from "../messages/use-messages.ts";

const route = getRouteApi("/signed-in/admin/audit");

/** What was done, by whom. */
export function AdminAuditPage() {
  const messages = useMessages();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Stack gap="md">
      <title>{messages.pageTitle(messages.admin.audit.title)}</title>
      <AuditView
        search={search}
        onSearch={(next) => void navigate({ search: parseAuditSearch({ ...next }), replace: true, resetScroll: false })}
      />
    </Stack>
  );
}
