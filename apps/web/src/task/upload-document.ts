// The way of one document: create the task, then its files in order; the task starts by itself when the last has arrived.
import { ProblemError, toProblem } from "../api/problem.ts";
import type { Session } from "../api/session.ts";
import type { Client } from "../api/trpc.ts";
import { sendFile } from "./send-file.ts";
import type { Choices } from "./upload.ts";

/** What survives a failed try, so that the next one goes on where it stopped. */
export interface Ticket {
  taskId: string;
  urls: readonly string[];
  /** Files that have arrived. */
  sent: number;
}

export interface UploadRun {
  client: Client;
  session: Session;
  signal: AbortSignal;
  /** The same for every try: a document whose first answer was lost on the way is not made twice. */
  idempotencyKey: string;
  onTicket: (ticket: Ticket) => void;
  onSent: (bytes: number) => void;
}

/** Uploads `files` as one document, going on from `ticket` if there is one. Throws what toProblem reads, or signal.reason. */
export async function uploadDocument(
  files: readonly File[],
  choices: Choices,
  ticket: Ticket | null,
  run: UploadRun,
): Promise<void> {
  run.signal.throwIfAborted();
  const held = await (ticket === null ? createTicket(files, choices, run) : resumeTicket(ticket, run));
  run.onTicket(held);
  let before = files.slice(0, held.sent).reduce((sum, file) => sum + file.size, 0);
  run.onSent(before);
  for (const [index, file] of files.entries()) {
    if (index < held.sent) continue;
    const url = held.urls[index];
    if (url === undefined) throw new ProblemError({ code: "INTERNAL", requestId: null });
    await sendSignedIn(url, file, (bytes) => run.onSent(before + bytes), run);
    before += file.size;
    run.onSent(before);
    run.onTicket({ ...held, sent: index + 1 });
  }
}

async function createTicket(files: readonly File[], { languages, pdfa }: Choices, run: UploadRun): Promise<Ticket> {
  // Not aborted half-way: a document that was made and whose id nobody knows could not be taken back.
  const { taskId, uploads } = await run.client.task.create.mutate({
    files: files.map(({ name, size }) => ({ name, size })),
    options: { pdfa, ...(languages.length === 0 ? {} : { languages: [...languages] }) },
    idempotencyKey: run.idempotencyKey,
  });
  const urls = [...uploads].sort((a, b) => a.position - b.position).map(({ url }) => url);
  return { taskId, urls, sent: 0 };
}

/** What the server has of the document: an answer that was lost on the way does not send its file again. */
async function resumeTicket(ticket: Ticket, { client, signal }: UploadRun): Promise<Ticket> {
  const { files, status } = await client.task.get.query({ taskId: ticket.taskId }, { signal });
  const missing = files.findIndex(({ uploaded }) => !uploaded);
  if (missing === -1) return { ...ticket, sent: files.length };
  // Cancelled in another tab.
  if (status !== "pending") throw new ProblemError({ code: "CONFLICT", requestId: null });
  return { ...ticket, sent: missing };
}

/** Uploads pass no tRPC link, so the refresh after a 401 is done here. */
async function sendSignedIn(url: string, file: File, onSent: (bytes: number) => void, run: UploadRun): Promise<void> {
  try {
    await sendFile(url, file, onSent, run.signal);
  } catch (error) {
    if (run.signal.aborted) throw error;
    const { code, requestId } = toProblem(error);
    // The server has not noticed yet that the connection before this one is dead, and holds the place for it.
    if (code === "CONFLICT") throw new ProblemError({ code: "UNAVAILABLE", requestId });
    if (code !== "UNAUTHENTICATED" || !(await run.session.refresh())) throw error;
    await sendFile(url, file, onSent, run.signal);
  }
}
