import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { NotFoundPage } from "./not-found.tsx";
import type { PageContext } from "./page-context.ts";
import { UnexpectedPage } from "./unexpected.tsx";

export const rootRoute = createRootRouteWithContext<PageContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: UnexpectedPage,
});
