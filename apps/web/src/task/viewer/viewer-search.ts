// What the address says about the viewer: tab, page, what is searched for, and which panel a narrow screen shows.

export const viewerTabs = ["text", "markdown", "json", "pages"] as const;
export type ViewerTab = (typeof viewerTabs)[number];
export const viewerPanels = ["thumbnails", "image", "result"] as const;
export type ViewerPanel = (typeof viewerPanels)[number];

export interface ViewerSearch {
  tab?: ViewerTab | undefined;
  panel?: ViewerPanel | undefined;
  page?: number | undefined;
  find?: string | undefined;
}

/** Longest text that is searched for, characters. */
export const longestFind = 200;

/** What does not fit is undefined, and so is what goes without saying. Every key is named: the router lays this over the raw search. */
export function parseViewerSearch(search: Record<string, unknown>): ViewerSearch {
  const page = Number(search.page);
  const find = typeof search.find === "string" || typeof search.find === "number" ? String(search.find) : "";
  return {
    tab: viewerTabs.find((tab) => tab === search.tab && tab !== "text"),
    panel: viewerPanels.find((panel) => panel === search.panel && panel !== "image"),
    page: Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined,
    find: find === "" ? undefined : find.slice(0, longestFind),
  };
}
