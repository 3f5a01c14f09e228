// All addresses of the page.
import { createRouter } from "@tanstack/react-router";
import { adminRoutes } from "./admin.ts";
import { documentRoute } from "./document.ts";
import { historyRoute } from "./history.ts";
import { homeRoute } from "./home.ts";
import { newPasswordRoute } from "./new-password.ts";
import type { PageContext } from "./page-context.ts";
import { rootRoute } from "./root.tsx";
import { searchRoute } from "./search.ts";
import { settingsRoute } from "./settings.ts";
import { signInRoute } from "./sign-in.ts";
import { signedInRoute } from "./signed-in.tsx";

const routeTree = rootRoute.addChildren([
  signInRoute,
  newPasswordRoute,
  signedInRoute.addChildren([homeRoute, historyRoute, searchRoute, documentRoute, settingsRoute, adminRoutes]),
]);

/** The router over `context`. */
export function createPageRouter(context: PageContext) {
  return createRouter({ routeTree, context, defaultPreload: false, scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }

  interface StaticDataRouteOption {
    /** The page uses the whole width of the window. */
    wide?: boolean;
  }
}
