// The parts of the settings side by side with their names; on a narrow screen the names stand above.
import { Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import IconDevices from "@tabler/icons-react/dist/esm/icons/IconDevices.mjs";
import IconKey from "@tabler/icons-react/dist/esm/icons/IconKey.mjs";
import IconPalette from "@tabler/icons-react/dist/esm/icons/IconPalette.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import type { Me } from "../api/answers.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { AccountSection } from "./account-section.tsx";
import { AppearanceSection } from "./appearance-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import styles from "./settings.module.css";
import { type SettingsTab, settingsTabs } from "./settings-search.ts";
import { TokensSection } from "./tokens-section.tsx";

const icons = { account: IconUser, appearance: IconPalette, sessions: IconDevices, tokens: IconKey };

export function SettingsView({ me, tab, onTab }: { me: Me; tab: SettingsTab; onTab: (tab: SettingsTab) => void }) {
  const { settings } = useSettingsTexts();
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      orientation={wide ? "vertical" : "horizontal"}
      variant="pills"
      className={styles.tabs ?? ""}
      classNames={{
        list: styles.list ?? "",
        tab: styles.tab ?? "",
        tabLabel: styles.tabLabel ?? "",
        panel: styles.panel ?? "",
      }}
      onChange={(next) => onTab(settingsTabs.find((each) => each === next) ?? "account")}
    >
      <Tabs.List aria-label={settings.tabsLabel}>
        {settingsTabs.map((each) => {
          const Icon = icons[each];
          return (
            <Tabs.Tab key={each} value={each} leftSection={<Icon size={17} stroke={1.7} aria-hidden="true" />}>
              {settings.tabs[each]}
            </Tabs.Tab>
          );
        })}
      </Tabs.List>
      <Tabs.Panel value="account">
        <AccountSection me={me} />
      </Tabs.Panel>
      <Tabs.Panel value="appearance">
        <AppearanceSection />
      </Tabs.Panel>
      <Tabs.Panel value="sessions">
        <SessionsSection />
      </Tabs.Panel>
      <Tabs.Panel value="tokens">
        <TokensSection isAdmin={me.user.role === "admin"} />
      </Tabs.Panel>
    </Tabs>
  );
}
