import { Modal } from "@mantine/core";
import { useMessages } from "../messages/use-messages.ts";
import styles from "./key-list.module.css";
import type { KeyText } from "./keys-context.ts";

/** The list of keys: those of the page, and then those that work everywhere. */
export function KeyList({
  opened,
  ofPage,
  onClose,
}: {
  opened: boolean;
  ofPage: readonly KeyText[];
  onClose: () => void;
}) {
  const { close, keys } = useMessages();
  return (
    <Modal opened={opened} onClose={onClose} title={keys.title} closeButtonProps={{ "aria-label": close }} centered>
      <table className={styles.list} aria-label={keys.title}>
        <tbody>
          {[...ofPage, ...keys.everywhere].map(([pressed, what]) => (
            <tr key={`${pressed} ${what}`}>
              <th scope="row">
                <kbd className={styles.key}>{pressed}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
