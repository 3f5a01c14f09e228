import { Alert, Loader, Text } from "@mantine/core";
import IconShieldCheck from "@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs";
import IconShieldX from "@tabler/icons-react/dist/esm/icons/IconShieldX.mjs";
import { sentenceOf, toProblem } from "../../api/problem.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { ProblemAlert } from "../../ui/problem-alert.tsx";

/** What following the chain of hashes found, in a sentence. The region is always there, so that screen readers hear it appear. */
export function ChainCheck({
  found,
  error,
  isChecking,
  onRetry,
}: {
  /** Undefined before anybody asked. */
  found: { entries: number; intact: boolean; firstBrokenId: number | null } | undefined;
  error: unknown;
  isChecking: boolean;
  onRetry: () => void;
}) {
  const messages = useAdminTexts();
  const { audit } = messages.admin;
  return <div role="status">{content()}</div>;

  function content() {
    if (isChecking) {
      return (
        <Text size="sm" c="dimmed">
          <Loader size={14} color="gray" aria-hidden="true" /> {audit.verifying}
        </Text>
      );
    }
    if (error !== null) {
      const problem = toProblem(error);
      return <ProblemAlert sentence={sentenceOf(messages, problem)} requestId={problem.requestId} onRetry={onRetry} />;
    }
    if (found === undefined) return null;
    const { entries, intact, firstBrokenId } = found;
    return intact ? (
      <Alert variant="light" color="green" icon={<IconShieldCheck size={20} stroke={1.7} />}>
        <Text c="var(--mantine-color-text)">{audit.intact(entries)}</Text>
      </Alert>
    ) : (
      <Alert
        variant="light"
        color="red"
        icon={<IconShieldX size={20} stroke={1.7} />}
        title={audit.broken(firstBrokenId ?? 0, entries)}
      >
        <Text>{audit.brokenNext}</Text>
      </Alert>
    );
  }
}
