// Which part of the settings is open, as the address says.
export const settingsTabs = ["account", "appearance", "sessions", "tokens"] as const;
export type SettingsTab = (typeof settingsTabs)[number];

export interface SettingsSearch {
  tab?: SettingsTab | undefined;
}

/** What does not fit, and the first tab, which goes without saying, are undefined. */
export function parseSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  return { tab: settingsTabs.find((tab) => tab === search.tab && tab !== "account") };
}
