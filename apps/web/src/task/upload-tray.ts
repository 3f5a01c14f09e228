// All uploads of this tab. They outlive the page they were started on, so they are kept outside of React.
import { type Problem, toProblem } from "../api/problem.ts";
import type { Session } from "../api/session.ts";
import type { Client } from "../api/trpc.ts";
import { createDocumentDraft, type DocumentDraft } from "./document-draft.ts";
import { measureSpeed } from "./measure-speed.ts";
import { type Refusal, refuseFile } from "./refusal.ts";
import { type Choices, isOver, passesByItself, type Upload } from "./upload.ts";
import { type Ticket, uploadDocument } from "./upload-document.ts";

/** Documents sent at the same time. More would share one line and leave the page no connection for its own calls. */
const atOnce = 2;
/** First wait after a lost connection, ms; doubled with each further try, up to the longest. */
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

export interface UploadTray {
  /** The document that is being put together. */
  draft: DocumentDraft;
  subscribe(listener: () => void): () => void;
  snapshot(): readonly Upload[];
  /** Sends each document; what cannot be read is shown as refused instead. */
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
  idempotencyKey: string;
  abort: AbortController;
}

/** The tray of the page; `client` and `session` are what it sends with, `network` tells ("online") when it is back. */
export function createUploadTray(client: Client, session: Session, network: EventTarget): UploadTray {
  const held = new Map<number, Held>();
  const listeners = new Set<() => void>();
  let view: readonly Upload[] = [];
  let lastId = 0;
  let waitMs = firstWaitMs;
  /** Set while nothing is sent because the last try found no connection. */
  let pause: ReturnType<typeof setTimeout> | undefined;

  function publish(): void {
    view = [...held.values()].map(({ upload }) => upload);
    for (const listener of listeners) listener();
  }

  function change(entry: Held, set: Partial<Upload>): void {
    entry.upload = { ...entry.upload, ...set };
    publish();
  }

  function startNext(): void {
    if (pause !== undefined) return;
    const running = [...held.values()].filter(({ upload }) => upload.status === "sending").length;
    const next = [...held.values()].filter(({ upload }) => upload.status === "waiting").slice(0, atOnce - running);
    for (const entry of next) void send(entry);
  }

  function goOn(): void {
    clearTimeout(pause);
    pause = undefined;
    startNext();
  }

  /** The upload keeps its place; everything tries again after a while, or when the network is back. */
  function interrupt(entry: Held, problem: Problem): void {
    change(entry, { status: "waiting", bytesPerSecond: null, problem });
    if (pause !== undefined) return;
    pause = setTimeout(goOn, waitMs);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }

  async function send(entry: Held): Promise<void> {
    const speed = measureSpeed();
    const { signal } = entry.abort;
    change(entry, { status: "sending", problem: null });
    try {
      const refusal = await refuseAny(entry);
      if (refusal !== undefined) {
        change(entry, { status: "failed", refusal });
        await giveBack(entry);
        return startNext();
      }
      await uploadDocument(entry.upload.files, entry.upload.choices, entry.ticket, {
        client,
        session,
        signal,
        idempotencyKey: entry.idempotencyKey,
        onTicket: (ticket) => {
          entry.ticket = ticket;
          waitMs = firstWaitMs;
          change(entry, { taskId: ticket.taskId });
        },
        onSent: (bytes) => change(entry, { sentBytes: bytes, bytesPerSecond: speed(bytes, performance.now()) }),
      });
      change(entry, { status: "sent", sentBytes: entry.upload.totalBytes, bytesPerSecond: null });
    } catch (error) {
      const problem = toProblem(error);
      if (signal.aborted) change(entry, { status: "cancelled", bytesPerSecond: null });
      else if (passesByItself(problem)) return interrupt(entry, problem);
      else change(entry, { status: "failed", bytesPerSecond: null, problem });
      await giveBack(entry);
    }
    startNext();
  }

  /** Told at once, not when its turn comes. */
  async function refuseEarly(entries: readonly Held[]): Promise<void> {
    for (const entry of entries) {
      const refusal = await refuseAny(entry);
      if (refusal !== undefined && entry.upload.status === "waiting") change(entry, { status: "failed", refusal });
    }
  }

  /** Again before each try: a file may have changed since it was chosen. */
  async function refuseAny({ upload, fileBytes }: Held): Promise<Refusal | undefined> {
    for (const file of upload.files) {
      const refusal = await refuseFile(file, fileBytes);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  /** Removes the half-made document of an upload that will not go on, so that it does not wait in the list for ever. */
  async function giveBack(entry: Held): Promise<void> {
    if (!held.has(entry.upload.id)) return;
    if (entry.ticket === null || entry.upload.problem?.code === "UNAUTHENTICATED") return;
    const { taskId } = entry.ticket;
    entry.ticket = null;
    change(entry, { taskId: null, sentBytes: 0 });
    await client.task.delete.mutate({ taskId }).catch((error: unknown) => {
      // It is still in the list, where it can be deleted by hand; the upload's own problem is the one to show.
      if (toProblem(error).code === "INTERNAL") console.warn("A cancelled upload could not be removed.");
    });
  }

  network.addEventListener("online", () => {
    waitMs = firstWaitMs;
    if (pause !== undefined) goOn();
  });

  const draft = createDocumentDraft();
  return {
    draft,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => view,
    add: (documents, choices, fileBytes) => {
      const added = documents.map((files) => {
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
          refusal: null,
        };
        return { upload, fileBytes, ticket: null, idempotencyKey: randomKey(), abort: new AbortController() };
      });
      for (const entry of added) held.set(entry.upload.id, entry);
      publish();
      startNext();
      void refuseEarly(added);
    },
    cancel: (id) => {
      const entry = held.get(id);
      if (entry === undefined || isOver(entry.upload)) return;
      entry.abort.abort();
      if (entry.upload.status !== "waiting") return;
      change(entry, { status: "cancelled", problem: null });
      void giveBack(entry);
    },
    retry: (id) => {
      const entry = held.get(id);
      if (entry === undefined || !isOver(entry.upload)) return;
      entry.abort = new AbortController();
      entry.idempotencyKey = randomKey();
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
      draft.clear();
      clearTimeout(pause);
      pause = undefined;
      publish();
    },
  };
}

/** `crypto.randomUUID` exists only in secure contexts, and many installations are reached by plain HTTP in their own network. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
