import { Radio, Stack, useMantineColorScheme } from "@mantine/core";
import { languages, languageTags, toLanguageChoice } from "../messages/languages.ts";
import { useSettingsTexts } from "../messages/part-messages.tsx";
import { useLanguage } from "../messages/use-messages.ts";
import { useChooseLanguage } from "../ui/use-choose-language.ts";
import { Section } from "./section.tsx";
import styles from "./settings.module.css";

const schemes = ["auto", "light", "dark"] as const;

/** Language and colours. Both count at once, and on this device only. */
export function AppearanceSection() {
  const messages = useSettingsTexts();
  const { appearance } = messages.settings;
  const { choice } = useLanguage();
  const choose = useChooseLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={appearance.title}>
      <div className={`surface ${styles.form}`}>
        <Stack gap="xl">
          <Radio.Group
            label={appearance.language}
            description={appearance.languageText}
            value={choice}
            onChange={(value) => choose(toLanguageChoice(value))}
          >
            <Stack gap="xs" mt="xs">
              {(["auto", ...languageTags] as const).map((value) => (
                <Radio
                  key={value}
                  value={value}
                  {...(value === "auto" ? {} : { lang: value })}
                  label={value === "auto" ? messages.language.auto : languages[value].name}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Radio.Group
            label={appearance.theme}
            value={colorScheme}
            onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? "auto")}
          >
            <Stack gap="xs" mt="xs">
              {schemes.map((value) => (
                <Radio key={value} value={value} label={messages.colorScheme[value]} />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      </div>
    </Section>
  );
}
