/** All codes of errors that leave the server. Without a schema, so that the page can use it. */
export const errorCodes = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "PASSWORD_CHANGE_REQUIRED",
  "NOT_FOUND",
  "CONFLICT",
  "INVALID_INPUT",
  "TOO_LARGE",
  "UNSUPPORTED_TYPE",
  "RATE_LIMITED",
  "QUOTA_EXCEEDED",
  "STORAGE_FULL",
  "UNAVAILABLE",
  "INTERNAL",
] as const;
