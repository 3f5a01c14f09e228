import { ActionIcon, Menu } from "@mantine/core";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import IconLanguage from "@tabler/icons-react/dist/esm/icons/IconLanguage.mjs";
import { languages, languageTags } from "../messages/languages.ts";
import { useLanguage, useMessages } from "../messages/use-messages.ts";
import { useChooseLanguage } from "./use-choose-language.ts";

/** The languages by their own names, for people who cannot read the present one, and the browser's. */
export function LanguageMenu() {
  const { choice } = useLanguage();
  const messages = useMessages();
  const choose = useChooseLanguage();
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={messages.language.label}>
          <IconLanguage size={19} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(["auto", ...languageTags] as const).map((value) => (
          <Menu.Item
            key={value}
            {...(value === "auto" ? {} : { lang: value })}
            rightSection={value === choice ? <IconCheck size={15} /> : null}
            aria-current={value === choice}
            onClick={() => choose(value)}
          >
            {value === "auto" ? messages.language.auto : languages[value].name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
