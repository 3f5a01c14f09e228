// Adding documents, in English: the drop zone, the order of files in one document, and what happens on the way to the server.
import type { Sentence } from "./en-problems.ts";
import { createPlural } from "./plural.ts";

const plural = createPlural("en");
const files = (count: number): string => plural(count, { one: "file", other: "files" });
const documents = (count: number): string => plural(count, { one: "document", other: "documents" });

export const home = {
  title: "My documents",
  dropTitle: "Drop scans, photos or PDFs anywhere",
  dropText: (size: string): string =>
    `PDF, JPEG, PNG, HEIC, TIFF, AVIF, JPEG 2000, WebP, GIF or BMP, up to ${size} each. Folders and pasted pictures work, too.`,
  choose: "Choose files",
  chooseFolder: "Choose a folder",
  takePhoto: "Take a photo",
  keyList: [["Ctrl + V", "Add the pictures or files that were copied"]] as [string, string][],
  pastedName: (when: string): string => `Pasted ${when}`,
  photoName: (when: string): string => `Photo ${when}`,
  dropHere: "Let go to add them",
  grouping: "Several files become",
  groupEach: "One document per file",
  groupTogether: "One document, in this order",
  languages: "Languages in the documents",
  languagesPlaceholder: "Choose at least one",
  pdfa: "Make the searchable PDF a PDF/A",
  pdfaHint: "For archives. Where a document does not allow it, its page says why.",
};

export const draft = {
  title: "One document from these files",
  hint: "Put them in order, add more if you like, then add the document.",
  summary: (count: number, size: string): string => `${files(count)}, ${size}`,
  list: "Files in their order",
  drag: (name: string): string => `Drag ${name} to another place`,
  up: (name: string): string => `Move ${name} up`,
  down: (name: string): string => `Move ${name} down`,
  remove: (name: string): string => `Leave ${name} out`,
  moved: (name: string, place: number, total: number): string => `${name} is now ${place} of ${total}.`,
  add: "Add as one document",
  discard: "Discard",
};

export const uploads = {
  title: "Uploads",
  files,
  sending: (sent: string, total: string): string => `${sent} of ${total}`,
  waiting: "Waits for its turn",
  interrupted: "The connection was lost. The upload goes on by itself when it is back.",
  done: "Uploaded",
  cancelled: "Upload cancelled",
  open: "Open",
  cancel: "Cancel",
  cancelNamed: (name: string): string => `Cancel upload of ${name}`,
  retryNamed: (name: string): string => `Try uploading ${name} again`,
  dismissNamed: (name: string): string => `Remove ${name} from this list`,
  progressOf: (name: string): string => `Upload of ${name}`,
  filesOf: (name: string): string => `Files of ${name}`,
  clear: "Clear finished",
  allSent: (count: number): string => `${documents(count)} uploaded`,
};

/** Why something is not even sent. The rest of its reasons are in the sentences for errors. */
export const refusals = {
  size: (bytes: string, limit: string): Sentence => ({
    message: `The file is ${bytes}; this server takes up to ${limit} each.`,
    nextStep: "Split it, or scan at 300 dpi.",
  }),
  gone: {
    message: "The file can no longer be read on this device.",
    nextStep: "It was moved, changed or deleted. Add it again.",
  } satisfies Sentence,
  fileCount: (count: number, limit: number): Sentence => ({
    message: `One document holds at most ${files(limit)}, and these are ${count.toLocaleString("en")}.`,
    nextStep: "Make two documents of them.",
  }),
  documentCount: (count: number, running: number, limit: number): Sentence => ({
    message: `These are ${documents(count)}; with ${running.toLocaleString("en")} that are being read already, they are more than the ${limit.toLocaleString("en")} you may have read at a time.`,
    nextStep: `Add ${Math.max(0, limit - running).toLocaleString("en")} now, and the others when some are done.`,
  }),
  storage: (needed: string, used: string, limit: string): Sentence => ({
    message: `These files take ${needed}. Your documents take ${used} of the ${limit} you may keep here.`,
    nextStep: "Delete documents that you no longer need.",
  }),
};
