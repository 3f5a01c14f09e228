import { useRouter } from "@tanstack/react-router";

/**
 * The way to a document, for lists of many: the router's own Link looks at the address anew with every change of it, which a hundred of
 * them make felt.
 */
export function TaskLink({ taskId, className, children }: { taskId: string; className: string; children: string }) {
  const router = useRouter();
  return (
    <a
      href={`/tasks/${taskId}`}
      className={className}
      title={children}
      onClick={(event) => {
        // New tabs and windows are the browser's.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void router.navigate({ to: "/tasks/$taskId", params: { taskId } });
      }}
    >
      {children}
    </a>
  );
}
