// The route of one document; its page is fetched when it is first needed.
import { createRoute, lazyRouteComponent, notFound } from "@tanstack/react-router";
import { toProblem } from "../api/problem.ts";
import { parseViewerSearch } from "../task/viewer/viewer-search.ts";
import { NotFound } from "./not-found.tsx";
import { signedInRoute } from "./signed-in.tsx";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

export const documentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/tasks/$taskId",
  staticData: { wide: true },
  validateSearch: parseViewerSearch,
  loader: async ({ context: { queryClient, trpc }, params: { taskId } }) => {
    if (!uuid.test(taskId)) throw notFound();
    try {
      await queryClient.ensureQueryData(trpc.task.get.queryOptions({ taskId }));
    } catch (error) {
      throw toProblem(error).code === "NOT_FOUND" ? notFound() : error;
    }
  },
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import("./document-page.tsx"), "DocumentPage"),
});
