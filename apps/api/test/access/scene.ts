// Who calls, and what is there to be called for: an owner's documents in every state, with their files, an account with its sessions and
// tokens, and the other callers of the matrix. Made by SQL and storage alone, in a few ms, so that every cell that changes something has
// its own.
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBundle } from "@legible/ocr/render/bundle";
import { type ResultFormat, resultFormatSchema } from "@legible/shared/result-format";
import { type ApiTokenScope, apiTokenScopeSchema } from "@legible/shared/session";
import { pageKey, previewKey, resultKey, uploadKey } from "@legible/storage/keys";
import { hashPassword } from "../../src/auth/password-hash.ts";
import { hashToken } from "../../src/session/tokens.ts";
import { newSecret } from "../../src/token/secret.ts";
import { callers, type Person, type TestApi } from "../api.ts";
import { neverLogged } from "../canaries.ts";
import { appClaims, type Issuer, someApp } from "../entra-issuer.ts";
import { pdf } from "../files.ts";

export const password = "correct horse battery";
/** Stands in names, texts and files of the owner's: found in an answer to somebody else, it is a leak. */
export const secret = "zx81 confidential";
neverLogged("word of a document", secret);
const options = { languages: ["eng"], mode: "auto", rotate: true, deskew: true, pdfa: false };

export type TaskState = "unstarted" | "waiting" | "completed" | "deleted";

export type Scene = {
  api: TestApi;
  owner: Person;
  other: Person;
  admin: Person;
  /** A new document of `person`'s. */
  task(person: Person, state: TaskState): Promise<string>;
  /** A token with these scopes, as its person would use it. */
  token(person: Person, scopes: readonly ApiTokenScope[]): Promise<Person & { tokenId: number }>;
  /** What another application of the organisation, with these roles, got from Microsoft Entra for itself. */
  appToken(roles: readonly ApiTokenScope[]): Promise<string>;
};

const page = (words: string) => ({
  number: 1,
  width: 100,
  height: 100,
  unit: "px",
  dpi: 72,
  source: "text",
  rotation: 0,
  rotationConfidence: null,
  deskewDegrees: 0,
  confidence: 100,
  error: null,
  blocks: [{ id: "p1b1", type: "paragraph", bbox: [0, 0, 9, 9], confidence: 100, lines: [line(words)] }],
});
const line = (text: string) => ({
  bbox: [0, 0, 9, 9],
  baseline: [0, 9, 9, 9],
  words: [{ id: "p1w1", text, bbox: [0, 0, 9, 9], confidence: 100 }],
});

let hash: Promise<string> | undefined;
/** Everybody has the same password; hashing it is dear on purpose. */
function passwordHash(): Promise<string> {
  hash ??= hashPassword(password);
  return hash;
}

export async function makeScene(api: TestApi, issuer?: Issuer): Promise<Scene> {
  // The pictures of its pages are in storage already.
  api.deps.previews = { ensure: async () => undefined };
  const person = async (role?: "admin") => {
    const made = await api.person(role);
    await api.database.asOwner("UPDATE tool_ocr_users SET password_hash = $2 WHERE id = $1", [
      made.id,
      await passwordHash(),
    ]);
    return made;
  };
  const [owner, other, admin] = await Promise.all([person(), person(), person("admin")]);
  return {
    api,
    owner,
    other,
    admin,
    task: (of, state) => makeTask(api, of.id, state, of === owner ? secret : "nothing much"),
    token: (of, scopes) => makeToken(api, of, scopes),
    appToken: async (roles) => {
      if (issuer === undefined) throw new Error("This suite has no tenant.");
      return issuer.sign(appClaims(someApp(), roles));
    },
  };
}

async function makeToken(api: TestApi, person: Person, scopes: readonly ApiTokenScope[]) {
  const { prefix, token } = newSecret();
  neverLogged("token", token);
  const row = { userId: person.id, name: "x", prefix, tokenHash: hashToken(token), scopes: [...scopes] };
  const { id } = await api.database.asSystem("test", (tx) => tx.apiToken.create({ data: row }));
  return { ...person, ...callers(api.origin, "", token), cookie: "", tokenId: id };
}

/** Every scope but the one named. */
export function scopesWithout(scope: string): ApiTokenScope[] {
  return apiTokenScopeSchema.options.filter((known) => known !== scope);
}

async function makeTask(api: TestApi, userId: number, state: TaskState, words: string): Promise<string> {
  const taskId = randomUUID();
  const lease = randomUUID();
  const source = uploadKey(taskId, 1, randomUUID());
  const tree = pageKey(taskId, 1, 1, lease);
  const result = (format: ResultFormat) => resultKey(taskId, 1, lease, format);
  await put(api, source, pdf);
  await put(api, tree, Buffer.from(JSON.stringify(page(words))));
  await put(api, previewKey(taskId, 1, { number: 1, rotation: 0 }, "full"), Buffer.from("a picture"));
  const read = state === "completed" || state === "deleted";
  if (read) await putResults(api, result);
  const now = new Date();
  await api.database.asSystem("test", async (tx) => {
    const { id } = await tx.task.create({
      data: {
        userId,
        taskId,
        filename: `${words}.pdf`,
        options,
        autoStart: state === "waiting",
        ...(read
          ? {
              status: "completed",
              completedAt: now,
              pagesTotal: 1,
              pagesDone: 1,
              resultJsonPath: result("json"),
              resultMarkdownPath: result("markdown"),
              resultPdfPath: result("pdf"),
            }
          : {}),
        ...(state === "deleted" ? { deletedAt: now } : {}),
      },
    });
    const file = { storedPath: source, fileSize: pdf.length, fileHash: "0".repeat(64), mimeType: "application/pdf" };
    const arrived = state === "waiting" ? {} : { ...file, uploadedAt: now };
    await tx.taskFile.create({ data: { taskId: id, position: 1, originalName: `${words}.pdf`, ...arrived } });
    if (!read) return;
    await tx.taskPage.create({
      data: {
        taskId: id,
        attempt: 1,
        number: 1,
        filePosition: 1,
        pageIndex: 0,
        status: "done",
        decision: "text",
        source: "text",
        resultPath: tree,
      },
    });
    await tx.pageText.create({ data: { taskId: id, userId, number: 1, text: words, folded: words } });
  });
  return taskId;
}

async function putResults(api: TestApi, keyOf: (format: ResultFormat) => string): Promise<void> {
  const bytes = (format: ResultFormat) => Buffer.from(`${secret} as ${format}`);
  for (const format of resultFormatSchema.options) {
    if (format !== "zip") await put(api, keyOf(format), bytes(format));
  }
  archive ??= makeArchive(bytes("pdf"));
  await put(api, keyOf("zip"), await archive);
}

let archive: Promise<Buffer> | undefined;
/** An archive of the PDF alone, as it is stored. */
async function makeArchive(bytes: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "legible-scene-"));
  try {
    await writeFile(join(folder, "pdf"), bytes);
    await writeBundle(join(folder, "zip"), [], { path: join(folder, "pdf"), name: "a.pdf" }, new Date(0));
    return await readFile(join(folder, "zip"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function put(api: TestApi, key: string, bytes: Buffer): Promise<void> {
  await api.deps.storage.put(
    key,
    (async function* () {
      yield bytes;
    })(),
  );
}
