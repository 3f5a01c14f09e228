// What went wrong or is worth knowing, in English: each code with its sentences.
import type { ErrorCode } from "@legible/shared/errors";
import type { FailureCode } from "@legible/shared/failures";
import type { NoteCode } from "@legible/shared/notes";

/** What happened, and what the person can do about it. */
export interface Sentence {
  message: string;
  nextStep: string;
}

export const errors: Record<ErrorCode, Sentence> = {
  UNAUTHENTICATED: { message: "You are signed out.", nextStep: "Sign in to continue." },
  FORBIDDEN: { message: "Your account may not do this.", nextStep: "Ask an administrator for the right to do it." },
  PASSWORD_CHANGE_REQUIRED: {
    message: "Your password was given to you by somebody else.",
    nextStep: "Choose one of your own to continue.",
  },
  NOT_FOUND: { message: "There is nothing here, or it is not yours.", nextStep: "Go back to your documents." },
  CONFLICT: { message: "That is no longer possible.", nextStep: "The document has changed meanwhile. Look again." },
  INVALID_INPUT: { message: "Something in the form is not right.", nextStep: "Check what you entered and try again." },
  TOO_LARGE: { message: "The file is too large for this server.", nextStep: "Split it, or scan at 300 dpi." },
  UNSUPPORTED_TYPE: {
    message: "This kind of file cannot be read.",
    nextStep: "Use PDF, JPEG, PNG, HEIC, TIFF, AVIF, JPEG 2000, WebP, GIF or BMP.",
  },
  RATE_LIMITED: { message: "That was too many tries in a short time.", nextStep: "Wait a minute and try again." },
  QUOTA_EXCEEDED: { message: "Your quota is used up.", nextStep: "Delete documents that you no longer need." },
  STORAGE_FULL: { message: "The server has no room left.", nextStep: "Ask an administrator to free some." },
  UNAVAILABLE: { message: "The server is busy or starting.", nextStep: "Try again in a moment." },
  INTERNAL: {
    message: "Something went wrong on the server.",
    nextStep: "Try again; if it stays, report the number below.",
  },
};

export const failures: Record<FailureCode, Sentence> = {
  ENCRYPTED_PDF: {
    message: "This PDF is protected by a password.",
    nextStep: "Type its password below, or save a copy without one and add that.",
  },
  WRONG_PASSWORD: {
    message: "The password does not open this PDF.",
    nextStep: "Type the right one below.",
  },
  DAMAGED_FILE: {
    message: "The file is damaged and cannot be opened.",
    nextStep: "If it opens on your computer, print it to a new PDF and add that.",
  },
  EMPTY_FILE: { message: "The file is empty.", nextStep: "Check that it was scanned completely, then add it again." },
  NO_PAGES: { message: "The document has no pages to read.", nextStep: "Check the page range, or save it again." },
  TOO_MANY_PAGES: {
    message: "The document has more pages than this server reads at once.",
    nextStep: "Split it into smaller documents.",
  },
  TOO_MANY_PIXELS: {
    message: "The picture is larger than this server can read.",
    nextStep: "Scan it at a lower resolution; 300 dpi is enough.",
  },
  UNSUPPORTED_CONTENT: {
    message: "The file holds something that cannot be read as pages.",
    nextStep: "Save it as PDF, PNG or JPEG and add that.",
  },
  PAGE_TIMEOUT: {
    message: "Reading the page took too long.",
    nextStep: "Read it again; if that fails, scan the page at a lower resolution.",
  },
  OUT_OF_MEMORY: {
    message: "The page needed more memory than it may use.",
    nextStep: "Scan it at a lower resolution, or save the PDF in a simpler form.",
  },
  ENGINE_CRASHED: {
    message: "Recognition stopped unexpectedly.",
    nextStep: "Read it again; if that fails, tell an administrator which page it was.",
  },
  LANGUAGE_MISSING: {
    message: "A language that was asked for is not installed here.",
    nextStep: "Choose another language, or ask an administrator to add it.",
  },
  CANCELLED: { message: "Reading was cancelled.", nextStep: "Read it again whenever you like." },
  NOT_STARTED: {
    message: "Reading was not started within a day, so the file was removed.",
    nextStep: "Add it again.",
  },
};

/** What is worth knowing about a result that is no failure. */
export const notes: Record<NoteCode, string> = {
  SOURCE_SIGNED:
    "The original is signed; the searchable PDF is not, because text was added to it. Keep the original as the proof.",
  OTHER_LANGUAGE:
    "Some pages made little sense in the language they were read in. The list under “Pages” says which language they seem to be in: read the document again in that one.",
  NOT_PDFA_FONTS:
    "The searchable PDF is no PDF/A: the original shows text in fonts that it does not carry, or not in the form PDF/A asks for.",
  NOT_PDFA_COLOURS:
    "The searchable PDF is no PDF/A: the original uses colours that look different on each device (CMYK).",
  NOT_PDFA_CONTENT:
    "The searchable PDF is no PDF/A: the original contains something that PDF/A does not allow and that cannot be taken out.",
  CORRECTIONS_LEFT_OUT:
    "The latest corrections are in the pages but not in the downloads, which could not be made anew. Correct another word to try again; a PDF behind a password has to be read again with it.",
};
