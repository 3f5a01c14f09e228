// The route of the first page; the page itself is fetched when somebody is signed in.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseListSearch } from "../task/list-search.ts";
import { signedInRoute } from "./signed-in.tsx";

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import("./home-page.tsx"), "HomePage"),
});
