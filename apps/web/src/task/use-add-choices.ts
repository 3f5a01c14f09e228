// What was chosen for new documents, remembered for the next ones.
import { autoLanguage } from "@legible/shared/auto-language";
import { useLocalStorage } from "@mantine/hooks";
import type { Me } from "../api/answers.ts";
import type { Grouping } from "./file-order.ts";
import type { Choices } from "./upload.ts";

export interface AddChoices {
  grouping: Grouping;
  setGrouping: (grouping: Grouping) => void;
  chosen: Choices;
  setLanguages: (languages: string[]) => void;
  setPdfa: (pdfa: boolean) => void;
}

/** Languages that are no longer installed are forgotten; without any that is, the installation's own are chosen. */
export function useAddChoices(languages: Me["languages"]): AddChoices {
  const [grouping, setGrouping] = useLocalStorage<Grouping>({ key: "legible.grouping", defaultValue: "each" });
  const [remembered, setLanguages] = useLocalStorage<string[] | null>({ key: "legible.languages", defaultValue: null });
  const [pdfa, setPdfa] = useLocalStorage({ key: "legible.pdfa", defaultValue: false });
  const offered = [autoLanguage, ...languages.installed];
  const known = (remembered ?? languages.default).filter((code) => offered.includes(code));
  const chosen = known.length > 0 || remembered?.length === 0 ? known : [...languages.default];
  return { grouping, setGrouping, chosen: { languages: chosen, pdfa }, setLanguages, setPdfa };
}
