// The route of searching in all documents; its page is fetched when it is first needed.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseSearchQuery } from "../task/search/search-query.ts";
import { signedInRoute } from "./signed-in.tsx";

export const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/search",
  validateSearch: parseSearchQuery,
  component: lazyRouteComponent(() => import("./search-page.tsx"), "SearchPage"),
});
