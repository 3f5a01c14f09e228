import { autoLanguage } from "@legible/shared/auto-language";
import { MultiSelect } from "@mantine/core";
import { useMessages } from "../messages/use-messages.ts";

/** "Detect automatically" takes the place of named languages, and the other way round: whichever was chosen last. */
function withAutoAlone(codes: readonly string[], before: readonly string[]): string[] {
  if (!codes.includes(autoLanguage) || codes.length === 1) return [...codes];
  return before.includes(autoLanguage) ? codes.filter((code) => code !== autoLanguage) : [autoLanguage];
}

/** The languages that a document is in. */
export function LanguageSelect({
  installed,
  value,
  onChange,
}: {
  installed: readonly string[];
  value: readonly string[];
  onChange: (languages: string[]) => void;
}) {
  const messages = useMessages();
  return (
    <MultiSelect
      label={messages.home.languages}
      labelProps={{ size: "sm", mb: 4 }}
      size="sm"
      placeholder={value.length === 0 ? messages.home.languagesPlaceholder : ""}
      data={[autoLanguage, ...installed].map((code) => ({ value: code, label: messages.languageName(code) }))}
      value={[...value]}
      maxValues={8}
      onChange={(codes) => onChange(withAutoAlone(codes, value))}
      hidePickedOptions
    />
  );
}
