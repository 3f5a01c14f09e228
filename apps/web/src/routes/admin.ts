// The routes of the administration. Who may go there the server says; for others there is nothing at these addresses.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { parseAuditSearch } from "../admin/audit/audit-search.ts";
import { parseUsersSearch } from "../admin/users/users-search.ts";
import { NotFound } from "./not-found.tsx";
import { signedInRoute } from "./signed-in.tsx";

const adminRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/admin",
  staticData: { wide: true },
  beforeLoad: async ({ context: { queryClient, trpc } }) => {
    const { user } = await queryClient.ensureQueryData(trpc.auth.me.queryOptions());
    if (user.role !== "admin") throw notFound();
  },
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import("./admin-frame.tsx"), "AdminFrame"),
});

const dashboardRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./admin-dashboard-page.tsx"), "AdminDashboardPage"),
});

const usersRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: "/users",
  validateSearch: parseUsersSearch,
  component: lazyRouteComponent(() => import("./admin-users-page.tsx"), "AdminUsersPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: "/audit",
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import("./admin-audit-page.tsx"), "AdminAuditPage"),
});

export const adminRoutes = adminRoute.addChildren([dashboardRoute, usersRoute, auditRoute]);
