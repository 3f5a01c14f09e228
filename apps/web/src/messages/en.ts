// Every text a person reads, in English. Another language is one more file of the same shape (type Messages).
import { reasonSentences } from "@legible/shared/reason-sentences";
import type { TaskStatus } from "@legible/shared/status";
import { history } from "./en-history.ts";
import { languageNames } from "./en-language-names.ts";
import { newPassword } from "./en-new-password.ts";
import { errors, failures, notes, type Sentence } from "./en-problems.ts";
import { search } from "./en-search.ts";
import { draft, home, refusals, uploads } from "./en-uploads.ts";
import { viewer } from "./en-viewer.ts";
import { createPlural } from "./plural.ts";

const statuses: Record<TaskStatus, string> = {
  pending: "Waiting",
  processing: "Reading",
  completed: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

const plural = createPlural("en");

export const en = {
  /** BCP 47 tag for dates and numbers: the language's, or the person's own variety of it (en-GB). */
  locale: "en",
  units: { second: "s", minute: "min", hour: "h", day: "d" },
  errors,
  failures,
  notes,
  /** Why a page was read as it was. */
  reasons: reasonSentences,
  viewer,
  history,
  newPassword,
  home,
  draft,
  uploads,
  refusals,
  search,
  statuses,
  languageName: (code: string): string => languageNames.get(code) ?? code,

  appName: "Legible",
  pageTitle: (name: string): string => `${name} · Legible`,
  skipToContent: "Skip to content",

  connection: {
    lost: "No connection to the server. What you see may be out of date; this heals by itself.",
    offline: "Your computer is offline. What you see may be out of date; this heals by itself.",
    /** Stands for an error when no answer arrived at all. */
    unreachable: {
      message: "The server did not answer.",
      nextStep: "Check your connection and try again.",
    } satisfies Sentence,
  },

  close: "Close",
  cancel: "Cancel",

  keys: {
    title: "Keyboard",
    everywhere: [
      ["Esc", "Close what is open"],
      ["?", "This list"],
    ] as [string, string][],
  },

  copy: "Copy",
  copied: "Copied",
  copyByHand: "It is selected: copy it with Ctrl+C.",

  places: { label: "Parts of the page", admin: "Administration", settings: "Settings" },

  problem: {
    requestId: "Request id",
    tryAgain: "Try again",
  },

  notFound: {
    title: "Page not found",
    text: "There is nothing at this address, or it is not yours.",
    home: "Go to my documents",
  },

  unexpected: {
    title: "This page could not be shown",
    reload: "Reload the page",
  },

  colorScheme: {
    label: "Light or dark",
    auto: "Like the system",
    light: "Light",
    dark: "Dark",
  },

  language: {
    label: "Language",
    auto: "Like the browser",
    failed: "The language could not be fetched. Check your connection and try again.",
  },

  auth: {
    signIn: "Sign in",
    signInTitle: "Sign in",
    signInText: "Drop in scans, photos or PDFs; take away text you can search.",
    email: "E-mail",
    password: "Password",
    wrongPassword: {
      message: "E-mail or password is not right.",
      nextStep: "Check both and try again.",
    } satisfies Sentence,
    emailInvalid: "Enter an e-mail address, like ada@example.org.",
    passwordMissing: "Enter your password.",
    setupTitle: "Create the first administrator",
    setupText: "This installation is new. The account you create here can see and change everything in it.",
    displayName: "Your name",
    displayNameMissing: "Enter your name.",
    newPassword: "Password",
    newPasswordHint: (length: number): string => `At least ${length} characters. A few unrelated words are good.`,
    newPasswordShort: (length: number): string => `Use at least ${length} characters.`,
    setupSubmit: "Create administrator",
    noProvider: "No way to sign in is configured. Ask an administrator.",
    microsoft: {
      signIn: "Sign in with Microsoft",
      or: "or",
      comingBack: "Finishing the sign-in with Microsoft…",
      staysSignedIn: "Signing out of Legible leaves you signed in to Microsoft.",
      cancelled: "The sign-in with Microsoft was cancelled.",
      failed: {
        message: "The sign-in with Microsoft did not work.",
        nextStep: "Try again; if it stays, tell an administrator.",
      } satisfies Sentence,
      /** By the reason that the server gives. */
      refused: {
        guest: {
          message: "Guests of the organisation are not admitted here.",
          nextStep: "Sign in with an account of the organisation itself.",
        },
        tenant: {
          message: "Accounts of this organisation are not admitted here.",
          nextStep: "Sign in with another account.",
        },
        disabled: { message: "Your account is disabled here.", nextStep: "Ask an administrator to enable it." },
        role: {
          message: "Your account has no role for Legible.",
          nextStep: "Ask whoever manages it in Microsoft Entra.",
        },
      } satisfies Record<string, Sentence>,
    },
    menu: (name: string): string => `Account of ${name}`,
    signOut: "Sign out",
    roleAdmin: "Administrator",
  },

  list: {
    empty: "No documents yet",
    emptyText: "Drop a scan, a photo or a PDF above. It appears here and is read page by page.",
    noMatch: "No documents with this status",
    noMatchText: "Choose another status to see the rest.",
    filter: "Show",
    all: "All",
    label: "My latest documents",
    pagination: "Pages of the list",
    paginationControls: { first: "First page", previous: "Previous page", next: "Next page", last: "Last page" },
    count: (count: number): string => plural(count, { one: "document", other: "documents" }),
  },

  task: {
    back: "My documents",
    pageOf: (done: number, total: number): string => `Page ${done} of ${total}`,
    pages: (count: number): string => plural(count, { one: "page", other: "pages" }),
    opening: "Opening the file",
    assembling: "Putting the results together",
    uploading: "Waiting for its files",
    queued: (position: number): string => (position === 1 ? "Next in line" : `Number ${position} in line`),
    notStarted: "Not started",
    withEstimate: (text: string, left: string): string => `${text} · about ${left} left`,
    progressLabel: (name: string): string => `Reading of ${name}`,
    failedPages: (count: number): string => `${plural(count, { one: "page", other: "pages" })} could not be read.`,
    failedPagesNext: "The rest is complete. The table of pages says what went wrong.",
    onPage: (page: number): string => `Page ${page}:`,
    confidence: "Confidence",
    time: "Time taken",
    languages: "Languages",
    created: "Added",
    expires: "Expires",
    pagesFact: "Pages",
    downloads: "Downloads",
    download: {
      json: "JSON",
      markdown: "Markdown",
      pdf: "Searchable PDF",
      txt: "Plain text",
      hocr: "hOCR",
      alto: "ALTO XML",
      zip: "All formats (ZIP)",
    },
    downloadLabel: {
      json: "Download JSON",
      markdown: "Download Markdown",
      pdf: "Download searchable PDF",
      txt: "Download plain text",
      hocr: "Download hOCR",
      alto: "Download ALTO XML",
      zip: "Download all formats as ZIP",
    },
    moreFormats: "More formats",
    start: "Start reading",
    cancel: "Cancel",
    retry: "Read again",
    pdfPassword: "Password of the PDF",
    pdfPasswordKept: "Kept in memory until the document is read, then forgotten.",
    readWithPassword: "Read with password",
    delete: "Delete",
    deleteTitle: "Delete this document?",
    deleteText: (name: string): string =>
      `“${name}” and everything read from it will be deleted. For ten seconds this can be undone.`,
    deleteConfirm: "Delete document",
    keep: "Keep it",
    deleted: (name: string): string => `Deleted “${name}”.`,
    goneTitle: "This document was deleted",
    goneText: (name: string): string => `“${name}” and everything read from it are gone.`,
    filesTitle: "Made from",
  },

  deletion: {
    undo: "Undo",
    deleted: (count: number): string => `${plural(count, { one: "document", other: "documents" })} deleted.`,
    restored: (count: number): string => `${plural(count, { one: "document is", other: "documents are" })} back.`,
    tooLate: (count: number): string =>
      `${plural(count, { one: "document", other: "documents" })} could not be brought back: the ten seconds are over.`,
  },

  ledger: {
    empty: "The pages appear here as soon as the file has been opened.",
    none: "No page of this document was read.",
    caption: "What was done to each page",
    more: "Show more pages",
    page: "Page",
    source: "How it was read",
    confidence: "Confidence",
    lowWords: "Doubtful words",
    time: "Time",
    waiting: "Waiting",
    readingAgain: "being read again",
    sources: {
      ocr: "Recognised",
      text: "Text kept as it was",
      blank: "Blank",
      failed: "Could not be read",
    },
    rotated: (degrees: number): string => `turned by ${degrees}°`,
  },
};

export type Messages = typeof en;
