// The route of all documents; its page is fetched when it is first needed.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { parseHistorySearch } from "../task/history/history-search.ts";
import { signedInRoute } from "./signed-in.tsx";

export const historyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/tasks",
  staticData: { wide: true },
  validateSearch: parseHistorySearch,
  component: lazyRouteComponent(() => import("./history-page.tsx"), "HistoryPage"),
});
