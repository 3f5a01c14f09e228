// Smallest files of some kinds: enough for the first bytes to say what they are.
import { Buffer } from "node:buffer";
import { expect } from "vitest";
import { data, type Person } from "./api.ts";
import { neverLogged } from "./canaries.ts";

export const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(100).fill(0)]);
export const pdf = Buffer.from("%PDF-1.7\n% not much of a document\n%%EOF\n");
neverLogged("text of a document", "not much of a document");

/** A task of one file, not uploaded. */
export async function createTask(person: Person, input: object = {}): Promise<string> {
  const answer = person.mutate("task.create", { files: [{ name: "scan.pdf", size: pdf.length }], ...input });
  return (await data<{ taskId: string }>(answer)).taskId;
}

export function putFile(person: Person, taskId: string, body: RequestInit["body"], position = 1): Promise<Response> {
  return person.fetch(`/api/v2/tasks/${taskId}/files/${position}`, { method: "PUT", body: body ?? null });
}

/** A task whose one file has arrived and that has not been started. */
export async function uploadedTask(person: Person, bytes: Uint8Array<ArrayBuffer>, name = "scan.pdf"): Promise<string> {
  const taskId = await createTask(person, { files: [{ name, size: bytes.length }], start: false });
  expect((await putFile(person, taskId, bytes)).status).toBe(200);
  return taskId;
}
