import { DashboardView } from "../admin/dashboard/dashboard-view.tsx";
import { useMessages } from "../messages/use-messages.ts";

/** How the installation is doing. */
export function AdminDashboardPage() {
  const messages = useMessages();
  return (
    <>
      <title>{messages.pageTitle(messages.admin.title)}</title>
      <DashboardView />
    </>
  );
}
