// The route of the door; its page is fetched when somebody stands before it.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { safeRedirect } from "../auth/safe-redirect.ts";
import { rootRoute } from "./root.tsx";

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => {
    const next = safeRedirect(search.next, window.location.origin);
    // Named even when undefined: the router lays this over the raw search.
    return { next: next === "/" ? undefined : next };
  },
  component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
});
