// Joins the stream of events with the cache.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { TaskEvent } from "../api/answers.ts";
import { useTRPC, useTRPCClient } from "../api/trpc.ts";
import { applyEvent } from "./apply-event.ts";
import { watchTasks } from "./watch-tasks.ts";

/** Keeps all tasks in the cache live while mounted. `lost` is true while events do not arrive. */
export function useLiveTasks(): { lost: boolean } {
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    return watchTasks<TaskEvent>({
      subscribe: ({ onEvent, onOpen, onInterrupted, onClosed }) => {
        const stream = client.task.watchAll.subscribe(
          {},
          {
            onData: (event) => onEvent(event.data),
            onStarted: onOpen,
            onConnectionStateChange: ({ state }) => {
              if (state === "connecting") onInterrupted();
            },
            onError: onClosed,
            onComplete: onClosed,
          },
        );
        return () => stream.unsubscribe();
      },
      probe: () => client.auth.me.query(),
      onEvent: (event) => applyEvent(queryClient, trpc, event),
      onOpen: () => {
        // What was asked for before the stream stood may have changed unheard, the first time too.
        void queryClient.invalidateQueries(trpc.task.pathFilter());
      },
      onLost: setLost,
    });
  }, [client, queryClient, trpc]);
  return { lost };
}
