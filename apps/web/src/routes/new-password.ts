// The route of those who signed in with a password that somebody gave them: nothing else is open to them. Its page is fetched when needed.
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { toProblem } from "../api/problem.ts";
import { safeRedirect } from "../auth/safe-redirect.ts";
import { rootRoute } from "./root.tsx";

export const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/new-password",
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => {
    const next = safeRedirect(search.next, window.location.origin);
    return { next: next === "/" ? undefined : next };
  },
  beforeLoad: async ({ context: { session, queryClient, trpc }, search }) => {
    const door = redirect({ to: "/sign-in", search });
    if (!session.mayBeAlive()) throw door;
    const me = await queryClient.ensureQueryData(trpc.auth.me.queryOptions()).catch((error: unknown) => {
      throw toProblem(error).code === "UNAUTHENTICATED" ? door : error;
    });
    if (!me.mustChangePassword) throw redirect({ to: search.next ?? "/" });
  },
  component: lazyRouteComponent(() => import("./new-password-page.tsx"), "NewPasswordPage"),
});
