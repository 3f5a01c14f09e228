// The route of the settings; its page is fetched when it is first needed.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseSettingsSearch } from "../settings/settings-search.ts";
import { signedInRoute } from "./signed-in.tsx";

export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings",
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
});
