import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../api/trpc.ts";
import type { UserChange } from "./user-change.ts";

/** Changes somebody's account. Afterwards the list and the figures are asked for again, and who one is oneself. */
export function useChangeUser() {
  const trpc = useTRPC();
  const { admin } = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ userId, change }: { userId: number; change: UserChange }): Promise<void> => {
      if (change === "makeAdmin") await admin.setRole.mutate({ userId, role: "admin" });
      else if (change === "makeUser") await admin.setRole.mutate({ userId, role: "user" });
      else if (change === "endSessions") await admin.revokeSessions.mutate({ userId });
      else await admin.setDisabled.mutate({ userId, disabled: change === "disable" });
    },
    onSettled: async () => {
      await Promise.all([
        queryClient.invalidateQueries(trpc.auth.me.pathFilter()),
        queryClient.invalidateQueries(trpc.admin.users.pathFilter()),
        queryClient.invalidateQueries(trpc.admin.stats.pathFilter()),
      ]);
    },
  });
}
