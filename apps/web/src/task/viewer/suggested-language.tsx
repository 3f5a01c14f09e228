import { Alert, Button, Text } from "@mantine/core";
import IconLanguage from "@tabler/icons-react/dist/esm/icons/IconLanguage.mjs";
import { useMessages } from "../../messages/use-messages.ts";

/** On a page that made little sense in the language it was read in: the one it seems to be in, and the way to read it in that. */
export function SuggestedLanguage({
  languages,
  onTake,
}: {
  languages: readonly string[];
  /** Undefined while the document cannot be read again. */
  onTake: (() => void) | undefined;
}) {
  const { viewer, languageName } = useMessages();
  const names = languages.map(languageName).join(" + ");
  return (
    <Alert variant="light" color="yellow" mb="sm" p="xs" icon={<IconLanguage size={20} stroke={1.7} />}>
      <Text size="sm">{viewer.rerun.suggestion(names)}</Text>
      {onTake === undefined ? null : (
        <Button size="xs" variant="default" mt={6} onClick={onTake}>
          {viewer.rerun.take(names)}
        </Button>
      )}
    </Alert>
  );
}
