import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../api/trpc.ts";
import type { UserChange } from "./user-change.ts";

/** Changes somebody's account, and yields the first password where it made one. Afterwards the list and the figures are asked for again, and who one is oneself. */
export function useChangeUser() {
  const trpc = useTRPC();
  const { admin } = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({
      userId,
      change,
      tokens = false,
    }: {
      userId: number;
      change: UserChange;
      /** With `endSessions`: API tokens end as well. */
      tokens?: boolean;
    }): Promise<{ password: string; until: string } | undefined> => {
      if (change === "makeAdmin") await admin.setRole.mutate({ userId, role: "admin" });
      else if (change === "makeUser") await admin.setRole.mutate({ userId, role: "user" });
      else if (change === "endSessions") await admin.revokeSessions.mutate({ userId, tokens });
      else if (change === "reset") {
        const { firstPassword, firstPasswordUntil } = await admin.resetPassword.mutate({ userId });
        return { password: firstPassword ?? "", until: firstPasswordUntil };
      } else await admin.setDisabled.mutate({ userId, disabled: change === "disable" });
      return undefined;
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
