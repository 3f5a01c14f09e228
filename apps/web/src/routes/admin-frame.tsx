import { Skeleton, Stack } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { useAdminTexts, WithAdminTexts } from "../messages/part-messages.tsx";
import styles from "./admin-frame.module.css";
import { NotFound } from "./not-found.tsx";

const sections = [
  { name: "dashboard", to: "/admin" },
  { name: "users", to: "/admin/users" },
  { name: "audit", to: "/admin/audit" },
] as const;

/** The administration, when its texts are there. */
export function AdminFrame() {
  return (
    <Suspense fallback={<Skeleton height={400} aria-busy="true" />}>
      <WithAdminTexts>
        <Frame />
      </WithAdminTexts>
    </Suspense>
  );
}

/** Its parts beside one another, for as long as one is an administrator. */
function Frame() {
  const { admin } = useAdminTexts();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: me } = useSuspenseQuery(trpc.auth.me.queryOptions());
  // A refusal means that the role was taken away meanwhile: ask who one is now.
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== "updated" || event.action.type !== "error") return;
        if (toProblem(event.action.error).code !== "FORBIDDEN") return;
        void queryClient.invalidateQueries(trpc.auth.me.pathFilter());
      }),
    [queryClient, trpc],
  );
  if (me.user.role !== "admin") return <NotFound />;
  return (
    <Stack gap="lg">
      <nav className={styles.sections} aria-label={admin.sectionsLabel}>
        {sections.map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            className={styles.section ?? ""}
          >
            {admin.sections[name]}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Stack>
  );
}
