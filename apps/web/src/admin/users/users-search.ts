// What the address says about the list of users.
export interface UsersSearch {
  text?: string | undefined;
  page?: number | undefined;
}

export const usersPageSize = 25;

/** What does not fit is undefined. Every key is named: the router lays this over the raw search. */
export function parseUsersSearch(search: Record<string, unknown>): UsersSearch {
  const page = Number(search.page);
  const text = typeof search.text === "string" || typeof search.text === "number" ? String(search.text) : "";
  return {
    text: text === "" ? undefined : text.slice(0, 200),
    page: Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined,
  };
}
