// All uploads of this tab. They outlive the page they were started on, so they are kept outside of React.
import { toProblem } from "../api/problem.ts";
import type { Session } from "../api/session.ts";
import type { Client } from "../api/trpc.ts";
import { measureSpeed } from "./measure-speed.ts";
import { type Choices, isOver, type Upload } from "./upload.ts";
import { type Ticket, uploadDocument } from "./upload-document.ts";

/** Documents sent at the same time. More would share one line and leave the page no connection for its own calls. */
const atOnce = 2;

export interface UploadTray {
  subscribe(listener: () => void): () => void;
  snapshot(): readonly Upload[];
  add(documents: readonly (readonly File[])[], choices: Choices, fileBytes: number): void;
  cancel(id: number): void;
  retry(id: number): void;
  dismiss(id: number): void;
  clearFinished(): void;
  /** Stops and forgets everything: the person has signed out. */
  abandon(): void;
}

interface Held {
  upload: Upload;
  fileBytes: number;
  ticket: Ticket | null;
  abort: AbortController;
}

/** The tray of the page; `client` and `session` are what it sends with. */
export function createUploadTray(client: Client, session: Session): UploadTray {
  const held = new Map<number, Held>();
  const listeners = new Set<() => void>();
  let view: readonly Upload[] = [];
  let lastId = 0;

  function publish(): void {
    view = [...held.values()].map(({ upload }) => upload);
    for (const listener of listeners) listener();
  }

  function change(entry: Held, set: Partial<Upload>): void {
    entry.upload = { ...entry.upload, ...set };
    publish();
  }

  function startNext(): void {
    const running = [...held.values()].filter(({ upload }) => upload.status === "sending").length;
    const next = [...held.values()].filter(({ upload }) => upload.status === "waiting").slice(0, atOnce - running);
    for (const entry of next) void send(entry);
  }

  async function send(entry: Held): Promise<void> {
    const speed = measureSpeed();
    const { signal } = entry.abort;
    change(entry, { status: "sending", problem: null });
    try {
      await uploadDocument(entry.upload.files, entry.upload.choices, entry.ticket, {
        client,
        session,
        signal,
        fileBytes: entry.fileBytes,
        onTicket: (ticket) => {
          entry.ticket = ticket;
          if (entry.upload.taskId !== ticket.taskId) change(entry, { taskId: ticket.taskId });
        },
        onSent: (sentBytes) => change(entry, { sentBytes, bytesPerSecond: speed(sentBytes, performance.now()) }),
      });
      change(entry, { status: "sent", sentBytes: entry.upload.totalBytes, bytesPerSecond: null });
    } catch (error) {
      if (signal.aborted) change(entry, { status: "cancelled", bytesPerSecond: null });
      else change(entry, { status: "failed", bytesPerSecond: null, problem: toProblem(error) });
      await giveBack(entry);
    }
    startNext();
  }

  /** Removes the half-made document of an upload that will not go on, so that it does not wait in the list for ever. */
  async function giveBack(entry: Held): Promise<void> {
    if (!held.has(entry.upload.id)) return;
    const lost = entry.upload.problem?.code === "UNREACHABLE" || entry.upload.problem?.code === "UNAUTHENTICATED";
    if (entry.ticket === null || lost) return;
    const { taskId } = entry.ticket;
    entry.ticket = null;
    change(entry, { taskId: null, sentBytes: 0 });
    await client.task.delete.mutate({ taskId }).catch((error: unknown) => {
      // It is still in the list, where it can be deleted by hand; the upload's own problem is the one to show.
      if (toProblem(error).code === "INTERNAL") console.warn("A cancelled upload could not be removed.");
    });
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => view,
    add: (documents, choices, fileBytes) => {
      for (const files of documents) {
        const id = ++lastId;
        const upload: Upload = {
          id,
          name: files[0]?.name ?? "",
          files,
          choices,
          status: "waiting",
          sentBytes: 0,
          totalBytes: files.reduce((sum, file) => sum + file.size, 0),
          bytesPerSecond: null,
          taskId: null,
          problem: null,
        };
        held.set(id, { upload, fileBytes, ticket: null, abort: new AbortController() });
      }
      publish();
      startNext();
    },
    cancel: (id) => {
      const entry = held.get(id);
      if (entry === undefined || isOver(entry.upload)) return;
      entry.abort.abort();
      if (entry.upload.status === "waiting") change(entry, { status: "cancelled" });
    },
    retry: (id) => {
      const entry = held.get(id);
      if (entry === undefined || !isOver(entry.upload)) return;
      entry.abort = new AbortController();
      change(entry, { status: "waiting", problem: null });
      startNext();
    },
    dismiss: (id) => {
      const entry = held.get(id);
      if (entry === undefined || !isOver(entry.upload)) return;
      held.delete(id);
      publish();
    },
    clearFinished: () => {
      for (const [id, { upload }] of held)
        if (upload.status === "sent" || upload.status === "cancelled") held.delete(id);
      publish();
    },
    abandon: () => {
      for (const { abort } of held.values()) abort.abort();
      held.clear();
      publish();
    },
  };
}
