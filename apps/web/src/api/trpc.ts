// The typed door to the server. Types only come from apps/api; no code of the server reaches the browser.
import type { AppRouter } from "@legible/api/router";
import { maxBatchSize } from "@legible/shared/limits";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { createTRPCContext, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { refreshLink } from "./refresh-link.ts";
import type { Session } from "./session.ts";

export type { AppRouter };
export type Client = TRPCClient<AppRouter>;
export type Trpc = TRPCOptionsProxy<AppRouter>;

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const url = "/trpc";

/** The client of the whole page. A call refused for want of a session is tried again once, after `session` was refreshed. */
export function createClient(session: Session): Client {
  return createTRPCClient<AppRouter>({
    links: [
      refreshLink(session),
      splitLink({
        condition: (op) => op.type === "subscription",
        true: httpSubscriptionLink({ url }),
        // Calls about the session go alone: their cookies must not depend on what else happened to be in the batch.
        false: splitLink({
          condition: (op) => op.type === "mutation" && op.path.startsWith("auth."),
          true: httpLink({ url }),
          false: httpBatchLink({ url, maxItems: maxBatchSize }),
        }),
      }),
    ],
  });
}
