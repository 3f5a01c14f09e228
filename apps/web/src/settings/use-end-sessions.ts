// The end of sessions of one's own, one call each. One that is over already is no failure.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toProblem } from "../api/problem.ts";
import { useTRPC, useTRPCClient } from "../api/trpc.ts";

/** The mutation takes the sessions' ids and yields how many it ended. */
export function useEndSessions() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly number[]): Promise<number> => {
      let ended = 0;
      for (const id of ids) {
        try {
          await client.auth.revokeSession.mutate({ id });
          ended += 1;
        } catch (error) {
          if (toProblem(error).code !== "NOT_FOUND") throw error;
        }
      }
      return ended;
    },
    onSettled: () => queryClient.invalidateQueries(trpc.auth.sessions.pathFilter()),
  });
}
