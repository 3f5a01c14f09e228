// Documents that were deleted while they are shown, here or in another tab: said at once, without asking the server in vain.
import { type QueryClient, useQuery } from "@tanstack/react-query";

const removedKey = (taskId: string) => ["removed", taskId];

export function markRemoved(queryClient: QueryClient, taskId: string): void {
  queryClient.setQueryData(removedKey(taskId), true);
}

/** The deletion was undone. */
export function unmarkRemoved(queryClient: QueryClient, taskId: string): void {
  if (queryClient.getQueryData(removedKey(taskId)) === true) queryClient.setQueryData(removedKey(taskId), false);
}

/** True once a live event has told that the document is gone. */
export function useIsRemoved(taskId: string): boolean {
  return useQuery({ queryKey: removedKey(taskId), queryFn: () => false, enabled: false }).data === true;
}
