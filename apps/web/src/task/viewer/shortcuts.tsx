import { Kbd, Modal, Table } from "@mantine/core";
import { useMessages } from "../../messages/use-messages.ts";

/** The list of keys. */
export function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const messages = useMessages();
  const { title, list } = messages.viewer.shortcuts;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": messages.close }} centered>
      <Table verticalSpacing={5} aria-label={title}>
        <Table.Tbody>
          {list.map(([keys, what]) => (
            <Table.Tr key={keys}>
              <Table.Th scope="row" w={110}>
                <Kbd size="sm">{keys}</Kbd>
              </Table.Th>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
