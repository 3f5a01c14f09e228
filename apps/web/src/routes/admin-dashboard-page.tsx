import { DashboardView } from "../admin/dashboard/dashboard-view.tsx";
import { useAdminTexts } from "../messages/part-messages.tsx";

/** How the installation is doing. */
export function AdminDashboardPage() {
  const messages = useAdminTexts();
  return (
    <>
      <title>{messages.pageTitle(messages.admin.title)}</title>
      <DashboardView />
    </>
  );
}
