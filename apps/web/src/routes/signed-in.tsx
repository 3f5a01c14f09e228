// Everything behind the sign-in: fetches who is here, opens the live stream, sends strangers to the door.
import { useSuspenseQuery } from "@tanstack/react-query";
import { createRoute, Outlet, redirect, useMatches } from "@tanstack/react-router";
import { useMemo } from "react";
import { toProblem } from "../api/problem.ts";
import { useTRPC } from "../api/trpc.ts";
import { UserMenu } from "../auth/user-menu.tsx";
import { LiveContext } from "../task/live-context.ts";
import { useLiveTasks } from "../task/use-live-tasks.ts";
import { ConnectionBanner } from "../ui/connection-banner.tsx";
import { Shell } from "../ui/shell.tsx";
import { HomeLink } from "./home-link.tsx";
import { PlaceItems, Places } from "./places.tsx";
import { rootRoute } from "./root.tsx";

export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  beforeLoad: async ({ context: { session, queryClient, trpc }, location }) => {
    const search = location.href === "/" ? {} : { next: location.href };
    const door = redirect({ to: "/sign-in", search });
    if (!session.mayBeAlive()) throw door;
    try {
      const me = await queryClient.ensureQueryData(trpc.auth.me.queryOptions());
      if (me.mustChangePassword) throw redirect({ to: "/new-password", search });
    } catch (error) {
      throw toProblem(error).code === "UNAUTHENTICATED" ? door : error;
    }
  },
  component: SignedIn,
});

function SignedIn() {
  const { data: me } = useSuspenseQuery(useTRPC().auth.me.queryOptions());
  const { lost } = useLiveTasks();
  const wide = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.wide === true) });
  const live = useMemo(() => ({ lost }), [lost]);
  return (
    <LiveContext value={live}>
      <Shell
        wide={wide}
        home={<HomeLink />}
        nav={<Places user={me.user} />}
        menu={
          <UserMenu user={me.user}>
            <PlaceItems user={me.user} />
          </UserMenu>
        }
        banner={<ConnectionBanner lost={lost} />}
      >
        <Outlet />
      </Shell>
    </LiveContext>
  );
}
