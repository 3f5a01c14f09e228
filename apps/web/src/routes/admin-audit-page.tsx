import { Stack } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { parseAuditSearch } from "../admin/audit/audit-search.ts";
import { AuditView } from "../admin/audit/audit-view.tsx";
import { useAdminTexts } from "../messages/part-messages.tsx";

const route = getRouteApi("/signed-in/admin/audit");

/** What was done, by whom. */
export function AdminAuditPage() {
  const messages = useAdminTexts();
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
