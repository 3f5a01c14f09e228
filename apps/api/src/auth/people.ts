/** Accounts that are people. Applications are nobody: one that calls before the administrator came does not close the setup. */
export const people = { entraAppId: null };
