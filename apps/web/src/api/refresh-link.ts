// A call that is refused because the access token ran out is repeated once, unseen, after a refresh.
import type { AppRouter } from "@legible/api/router";
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { toProblem } from "./problem.ts";
import type { Session } from "./session.ts";

/** Here UNAUTHENTICATED is the answer itself (a wrong password, a dead refresh token), not a reason to refresh. */
const final = new Set(["auth.login", "auth.setup", "auth.refresh", "auth.logout"]);

/** The link to put before all others. */
export function refreshLink(session: Session): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let stopped = false;
        let refreshed = final.has(op.path) || op.type === "subscription";
        let current = attempt();

        function attempt() {
          const sentIn = session.generation();
          return next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              if (refreshed || toProblem(error).code !== "UNAUTHENTICATED") return observer.error(error);
              refreshed = true;
              session.refresh(sentIn).then(
                (alive) => {
                  if (stopped) return;
                  if (alive) current = attempt();
                  else observer.error(error);
                },
                () => observer.error(error),
              );
            },
          });
        }

        return () => {
          stopped = true;
          current.unsubscribe();
        };
      });
}
