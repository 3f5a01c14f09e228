import { ActionIcon, Menu, Table, Text } from "@mantine/core";
import IconDots from "@tabler/icons-react/dist/esm/icons/IconDots.mjs";
import IconHistory from "@tabler/icons-react/dist/esm/icons/IconHistory.mjs";
import IconLock from "@tabler/icons-react/dist/esm/icons/IconLock.mjs";
import IconLockOpen from "@tabler/icons-react/dist/esm/icons/IconLockOpen.mjs";
import IconLogout from "@tabler/icons-react/dist/esm/icons/IconLogout.mjs";
import IconPassword from "@tabler/icons-react/dist/esm/icons/IconPassword.mjs";
import IconShieldMinus from "@tabler/icons-react/dist/esm/icons/IconShieldMinus.mjs";
import IconShieldPlus from "@tabler/icons-react/dist/esm/icons/IconShieldPlus.mjs";
import { Link } from "@tanstack/react-router";
import type { AdminUser } from "../../api/answers.ts";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import { formatWhen } from "../../ui/quantities.ts";
import { changesOf, type UserChange } from "./user-change.ts";
import styles from "./users.module.css";

const icons = {
  makeAdmin: IconShieldPlus,
  makeUser: IconShieldMinus,
  disable: IconLock,
  enable: IconLockOpen,
  endSessions: IconLogout,
  reset: IconPassword,
};

export function UserRow({
  user,
  isSelf,
  hasPasswords,
  onChange,
}: {
  user: AdminUser;
  isSelf: boolean;
  /** Whether people sign in with passwords here. */
  hasPasswords: boolean;
  onChange: (change: UserChange) => void;
}) {
  const { admin, locale } = useAdminTexts();
  const { users: words } = admin;
  const figure = (value: number) => value.toLocaleString(locale);
  return (
    <Table.Tr>
      <Table.Th scope="row" className={styles.person}>
        <Text fw={500} className="break-anywhere">
          {user.displayName}
          {isSelf ? (
            <Text span size="xs" c="dimmed" ml={6}>
              {words.you}
            </Text>
          ) : null}
        </Text>
        <Text size="sm" c="dimmed" className="break-anywhere">
          {user.email}
        </Text>
      </Table.Th>
      <Table.Td className={styles.role}>
        <Text size="sm" fw={user.role === "admin" ? 500 : 400}>
          {words.roles[user.role]}
        </Text>
        {user.account === "local" ? null : (
          <Text size="xs" c="dimmed">
            {words.accounts[user.account]}
          </Text>
        )}
        {user.firstPasswordUntil === null ? null : (
          <Text size="xs" c="dimmed">
            {Date.parse(user.firstPasswordUntil) < Date.now()
              ? words.firstOver
              : words.firstUntil(formatWhen(user.firstPasswordUntil, new Date(), locale))}
          </Text>
        )}
        {user.disabled ? (
          <span className={styles.locked}>
            <IconLock size={14} stroke={1.8} aria-hidden="true" />
            {words.locked}
          </span>
        ) : null}
      </Table.Td>
      <Table.Td className={styles.when} data-label={words.columns.lastSeen}>
        {user.lastSeenAt === null ? (
          words.never
        ) : (
          <time dateTime={user.lastSeenAt}>{formatWhen(user.lastSeenAt, new Date(), locale)}</time>
        )}
      </Table.Td>
      {(["tasks", "pages", "sessions"] as const).map((column) => (
        <Table.Td key={column} className={styles.figure} data-label={words.columns[column]}>
          {figure(user[column])}
        </Table.Td>
      ))}
      <Table.Td className={`${styles.when} ${styles.since}`}>
        <time dateTime={user.createdAt}>
          {new Date(user.createdAt).toLocaleDateString(locale, { dateStyle: "medium" })}
        </time>
      </Table.Td>
      <Table.Td className={styles.actions}>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={words.actionsOf(user.displayName)}>
              <IconDots size={18} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {changesOf(user, { mayReset: hasPasswords && !isSelf }).map((change) => {
              const Icon = icons[change];
              return (
                <Menu.Item
                  key={change}
                  leftSection={<Icon size={16} stroke={1.7} aria-hidden="true" />}
                  {...(change === "disable" ? { c: "var(--legible-bad)" } : {})}
                  onClick={() => onChange(change)}
                >
                  {words[change]}
                </Menu.Item>
              );
            })}
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconHistory size={16} stroke={1.7} aria-hidden="true" />}
              renderRoot={(props) => <Link to="/admin/audit" search={{ user: user.id }} {...props} />}
            >
              {words.log}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
