// The end of sessions of one's own.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toProblem } from "../api/problem.ts";
import { useTRPC, useTRPCClient } from "../api/trpc.ts";

/** One session by its id, or all but this one, with the API tokens if these are to end as well. */
export type Ending = { id: number } | { others: true; tokens: boolean };

/** The mutation yields how many ended. A session that is over already is no failure. */
export function useEndSessions() {
  const trpc = useTRPC();
  const { auth } = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (ending: Ending): Promise<{ sessions: number; tokens: number }> => {
      if ("others" in ending) return auth.endOtherSessions.mutate({ tokens: ending.tokens });
      try {
        await auth.revokeSession.mutate(ending);
      } catch (error) {
        if (toProblem(error).code !== "NOT_FOUND") throw error;
      }
      return { sessions: 1, tokens: 0 };
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.auth.sessions.pathFilter()),
        queryClient.invalidateQueries(trpc.auth.apiTokens.pathFilter()),
      ]),
  });
}
