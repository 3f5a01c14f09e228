import { Modal } from "@mantine/core";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";

export interface Given {
  displayName: string;
  password: string;
  /** ISO time. */
  until: string;
}

/** A first password that the server made, this once. Neither a key nor a click beside it loses it. */
export function FirstPassword({ given, opened, onClose }: { given: Given; opened: boolean; onClose: () => void }) {
  const { admin, locale } = useAdminTexts();
  const { users: words } = admin;
  const until = new Date(given.until).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.firstTitle(given.displayName)}
      centered
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <SecretOnce secret={given.password} label={words.firstLabel} done={words.firstDone} onDone={onClose}>
        {words.firstText(until)}
      </SecretOnce>
    </Modal>
  );
}
